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
import {fitsMemory, fitsStorage, GPT2_SIZES, TINY_TALES} from './sizes.js';

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

  it('refuses an incomplete address with a sentence, and takes a whole one after it', async () => {
    const {harness} = await shown();
    for (const address of ['https://', 'https://[half/x']) {
      await harness.choose(address);
      expect(harness.words('h3')).to.equal(address);
      await harness.press('Download and load');
      await harness.until(() => harness.error.includes('is no complete address'), 'the sentence');
    }
    harness.element.hub = 'https://';
    await harness.choose('test/model');
    expect(harness.words('h3')).to.equal('test/model');
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

  it('asks the server whose address was typed, and no other', async () => {
    const {harness, model} = await shown();
    await harness.choose('http://127.0.0.1:9/models/tiny');
    expect(harness.element.repository).to.equal('http://127.0.0.1:9/models/tiny');
    await harness.press('Download and load');
    await harness.settled();
    expect(harness.error).to.contain('127.0.0.1:9').and.not.to.contain('hub.test');
    expect(model.config!.embDim).to.equal(8);
  });

  it('says what is wrong, and keeps the model of the page', async () => {
    const {harness, model} = await shown();
    await withFakeHub(files, {status: 404}, async () => {
      await harness.press('Download and load');
      await harness.settled();
    });
    expect(harness.error).to.contain('hub.test has no “test/');
    expect(harness.words('.panel h3')).to.equal(`${harness.element.repository} was not loaded`);
    expect(model.status).to.equal('idle');
    expect(model.config!.embDim).to.equal(8);
  });

  it('says after a second repository failed that the first is still there', async () => {
    const {harness} = await shown();
    const first = harness.element.repository;
    await withFakeHub(files, {}, async () => {
      await harness.press('Download and load');
      await harness.settled();
    });
    await harness.until(() => harness.readout.startsWith(`${first} is loaded`), 'the first');
    const rows = harness.mapping.length;
    const second = `test/${crypto.randomUUID()}`;
    await harness.choose(second);
    await withFakeHub(files, {status: 404}, async () => {
      await harness.press('Download and load');
      await harness.settled();
    });
    expect(harness.error).to.contain(second);
    expect(harness.readout).to.match(new RegExp(`^${first} is still loaded: `));
    expect(harness.mapping).to.have.length(rows);
    await freeDownload(downloadKey({base: FAKE_HUB, repo: first, revision: 'main'}));
  });

  it('says after a cancel what is kept, and what the page still shows', async () => {
    const {harness, model} = await shown();
    await model.live.ready;
    const repo = harness.element.repository;
    await withFakeHub(files, {stallsAt: 'model.safetensors'}, async () => {
      await harness.press('Download and load');
      await harness.until(
        () => harness.words('.work').includes('Downloading model.safetensors'),
        'the download',
      );
      await harness.press('Cancel');
      await harness.settled();
    });
    const sentence = `Loading ${repo} was canceled. `;
    await harness.until(() => harness.readout.startsWith(sentence), 'what became of it');
    await harness.until(
      () => / of .* are kept: the download can go on/.test(harness.readout),
      'what is kept',
    );
    expect(harness.readout).to.match(/The page still shows its own model, with [\d,]+ parameters\.$/);
    expect(harness.hasButton('Continue the download')).to.equal(true);
    expect(harness.kept.some((line) => line.includes(`${repo}, `) && line.includes(' of '))).to.equal(true);

    await harness.click(`button[aria-label="Delete ${repo}"]`);
    await harness.until(() => harness.readout.startsWith(`${sentence}Nothing of it is kept.`), 'the truth');
    expect(harness.hasButton('Download and load')).to.equal(true);
  });

  it('has one button in sight that says what it loads, with the download and the memory above it', async () => {
    const {harness} = await shown();
    await harness.choose('openai-community/gpt2');
    expect(harness.hasButton('Download and load GPT-2 small')).to.equal(true);
    await harness.until(() => harness.words('.panel h3') === 'Yes: GPT-2 small fits', 'the answer');
    expect(harness.words('.checks')).to.contain('548 MB to download').and.to.contain('249 MB of memory');
    await harness.click('.sizes button:nth-of-type(4)');
    expect(harness.hasButton('Download and load GPT-2 XL')).to.equal(true);
  });

  it('says beside the sizes what each color of a slice is', async () => {
    const {harness} = await shown();
    expect(harness.words('.sizes .legend')).to.equal(
      'tables queries keys values projection MLP: a small network',
    );
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
    await harness.choose('openai-community/gpt2');
    await harness.click('.sizes button:nth-of-type(2)');
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
    expect(small!.memory, 'in 16 bits').to.be.below(250e6);
    expect(fitsMemory(small!.memory, {memory: {total: 2e9}})).to.equal(true);
    expect(fitsMemory(xl!.memory, {memory: {total: 2e9}})).to.equal(false);
    expect(fitsStorage(xl!.file, {storage: 1e9})).to.equal(false);
    expect(fitsStorage(xl!.file, {})).to.equal(undefined);
  });

  it('says before the engine starts only what fits whatever computes', () => {
    const told = (toldMemory?: number) => GPT2_SIZES.map(({memory}) => fitsMemory(memory, {toldMemory}));
    expect(told(8)).to.deep.equal([true, true, true, undefined]);
    expect(told(2)).to.deep.equal([true, true, undefined, undefined]);
    expect(told()).to.deep.equal([undefined, undefined, undefined, undefined]);
  });

  it('compares GPT-2 with the model that ships with the library', async () => {
    const model = await fixture<GptModel>(
      html`<gpt-model pretrained="tiny-tales" backend="cpu"></gpt-model>`,
    );
    const {config, parameters} = await model.live.ready;
    const {vocabSize, contextLength, embDim, nHeads, nLayers} = TINY_TALES.config;
    expect(config).to.include({vocabSize, contextLength, embDim, nHeads, nLayers});
    expect(parameters).to.equal(TINY_TALES.parameters);
  });
});
