import {expect, fixture, html} from '@open-wc/testing';
import {bytesSource} from '../../checkpoint/byte-source.js';
import {downloadKey, freeDownload} from '../../checkpoint/downloads/store.js';
import {FAKE_HUB, withFakeHub} from '../../checkpoint/testing/fake-hub.js';
import {GOLDEN_FOLDERS} from '../../checkpoint/testing/golden-folders.js';
import {setWorkerFactory} from '../../state/index.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {Gpt2LoaderHarness} from './gpt2-loader.harness.js';
import './gpt2-loader.js';
import type {Gpt2Loader} from './gpt2-loader.js';
import {extentOf} from './size-figure.js';
import {GPT2_SIZES, verdict} from './sizes.js';

const CONFIG = '{"emb_dim": 8, "n_heads": 2, "n_layers": 1, "context_length": 8}';
const {files} = GOLDEN_FOLDERS.find(({name}) => name.includes('tokenizer'))!;

async function shown(): Promise<{harness: Gpt2LoaderHarness; model: GptModel}> {
  const model = await fixture<GptModel>(html`<gpt-model backend="cpu" config=${CONFIG}>
    <gpt2-loader hub=${FAKE_HUB}></gpt2-loader>
  </gpt-model>`);
  const harness = new Gpt2LoaderHarness(model.querySelector<Gpt2Loader>('gpt2-loader')!);
  await harness.choose(`test/${crypto.randomUUID()}`);
  return {harness, model};
}

describe('<gpt2-loader>', () => {
  // The answers of the hub are made on this thread: the engine runs here too.
  before(() => {
    setWorkerFactory(() => {
      throw new Error('this test has no worker');
    });
  });

  it('downloads a repository, shows what each tensor becomes, and gives the page its model', async () => {
    const {harness, model} = await shown();
    await withFakeHub(files, {}, async () => {
      await harness.press('Download and load');
      await harness.settled();
    });
    await harness.until(() => harness.readout.includes('is loaded'), 'the model');
    expect(model.config!.vocabSize).to.equal(290);
    expect(harness.words('.tensors')).to.contain(`In ${harness.element.repository}’s file`);
    const row = harness.mapping.find(([file]) => file === 'transformer.h.0.attn.c_attn.weight')!;
    expect(row[2]).to.match(/^h\.0\.attn\.c_attn\.weight → q \[\d+, \d+\], k \[\d+, \d+\], v/);
    const isKept = () => harness.kept.some((line) => line.includes(harness.element.repository));
    await harness.until(isKept, 'the download in the list');

    await harness.click(`button[aria-label="Delete ${harness.element.repository}"]`);
    await harness.until(() => !isKept(), 'the download to go');
  });

  it('keeps nothing of a download that is no model, so that a retry downloads it anew', async () => {
    const {harness, model} = await shown();
    const broken = new Map(files).set('tokenizer.json', bytesSource(new TextEncoder().encode('{')));
    await withFakeHub(broken, {}, async () => {
      await harness.press('Download and load');
      await harness.settled();
    });
    expect(harness.error).to.contain('What was downloaded was deleted; loading it again downloads it anew.');
    expect(harness.kept.filter((line) => line.includes(harness.element.repository))).to.deep.equal([]);
    expect(model.config!.embDim).to.equal(8);
    await withFakeHub(files, {}, async () => {
      await harness.press('Download and load');
      await harness.settled();
    });
    await harness.until(() => model.config!.vocabSize === 290, 'the mended model');
    await freeDownload(downloadKey({base: FAKE_HUB, repo: harness.element.repository, revision: 'main'}));
  });

  it('takes the address of a repository as it stands in the address bar', async () => {
    const {harness} = await shown();
    await harness.choose(' https://huggingface.co/owner/tiny-gpt/tree/main ');
    expect(harness.element.repository).to.equal('owner/tiny-gpt');
    await harness.choose('https://huggingface.co/owner/name/');
    expect(harness.element.repository).to.equal('owner/name');
  });

  it('says what is wrong, and keeps the model of the page', async () => {
    const {harness, model} = await shown();
    await withFakeHub(files, {status: 404}, async () => {
      await harness.press('Download and load');
      await harness.settled();
    });
    expect(harness.error).to.contain('hub.test has no “test/');
    expect(model.status).to.equal('idle');
    expect(model.config!.embDim).to.equal(8);
  });

  it('draws the four sizes to scale: each area is the model’s matrices', () => {
    for (const {config, parameters} of GPT2_SIZES) {
      const {length, height} = extentOf(config);
      expect((length * height) / parameters, 'all but norms and biases').to.be.within(0.998, 1);
    }
  });

  it('shows what the chosen size’s file holds, and what it becomes, before anything is downloaded', async () => {
    const {harness} = await shown();
    expect(harness.words('.tensors'), 'an example, named').to.contain('In GPT-2 small’s file');
    await harness.click('.sizes button:nth-child(2)');
    expect(harness.words('.tensors')).to.contain('In GPT-2 medium’s file').and.to.contain('292 tensors');
    const rows = harness.fileTensors;
    expect(rows).to.have.length(6);
    expect(rows[2]).to.match(
      /^h\.0\.attn\.c_attn ?\[1,024, 3,072\].*queries, keys, values: cut into 16 heads of 64 columns$/,
    );
  });

  it('knows how large OpenAI’s models are, and which of them a device can hold', () => {
    expect(GPT2_SIZES.map(({parameters}) => parameters)).to.deep.equal([
      124_439_808, 354_823_168, 774_030_080, 1_557_611_200,
    ]);
    expect(GPT2_SIZES.map(({file}) => Math.round(file / 1e6))).to.deep.equal([548, 1520, 3247, 6432]);
    const [small, , , xl] = GPT2_SIZES;
    const room = {memory: {total: 2e9}, storage: 1e9};
    expect(verdict(small!, room)).to.equal('fits');
    expect(verdict(xl!, room)).to.equal('memory');
    expect(verdict(xl!, {storage: 1e9})).to.equal('storage');
    expect(small!.memory, 'in 16 bits').to.be.below(250e6);
    const roomy = {memory: {total: 4e9}};
    expect(GPT2_SIZES.map((size) => verdict(size, roomy))).to.deep.equal(['fits', 'fits', 'fits', 'fits']);
  });
});
