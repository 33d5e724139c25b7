import {expect, fixture, html} from '@open-wc/testing';
import {type ByteSource, bytesSource} from '../../checkpoint/byte-source.js';
import {downloadKey, freeDownload} from '../../checkpoint/downloads/store.js';
import {bytesOfFile} from '../../checkpoint/file-to-write.js';
import {openFolder} from '../../checkpoint/hugging-face/open-folder.js';
import {writeFolder} from '../../checkpoint/hugging-face/write-folder.js';
import {FAKE_HUB, withFakeHub} from '../../checkpoint/testing/fake-hub.js';
import {GOLDEN_FOLDERS} from '../../checkpoint/testing/golden-folders.js';
import {initialArena} from '../../model/init.js';
import {parameterLayout, readArena} from '../../model/parameters.js';
import {normalizeConfig, setWorkerFactory} from '../../state/index.js';
import {readNumber} from '../../ui/testing/read-number.js';
import {words} from '../../ui/testing/words.js';
import '../attention-matrix/attention-matrix.js';
import {AttentionMatrixHarness} from '../attention-matrix/attention-matrix.harness.js';
import '../gpt-architecture/gpt-architecture.js';
import {GptArchitectureHarness} from '../gpt-architecture/gpt-architecture.harness.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import '../logit-lens/logit-lens.js';
import {LogitLensHarness} from '../logit-lens/logit-lens.harness.js';
import '../text-generator/text-generator.js';
import {TextGeneratorHarness} from '../text-generator/text-generator.harness.js';
import {Gpt2LoaderHarness} from './gpt2-loader.harness.js';
import './gpt2-loader.js';

const TEXT = 'the cat';
const REPO = 'test/twelve-by-twelve';

/** A repository with GPT-2 small's 12 blocks of 12 heads, 4 numbers wide, and a byte-level tokenizer as OpenAI's. */
async function smallGpt2(): Promise<Map<string, ByteSource>> {
  const {files} = GOLDEN_FOLDERS.find(({name}) => name.includes('tokenizer'))!;
  const {config: tiny, tokenizer} = await openFolder(files);
  const config = normalizeConfig({
    ...{vocabSize: tiny.vocabSize, contextLength: 32, embDim: 48, nHeads: 12, nLayers: 12},
    ...{tieWeights: true, qkvBias: true},
  });
  const arena = initialArena(config, 1).map((value) => 5 * value);
  const weights = readArena(parameterLayout(config), arena);
  const folder = writeFolder({config, tokenizer, weight: async (name) => weights.get(name)!.data});
  const entries = [...folder].map(
    async ([name, file]) => [name, bytesSource(await bytesOfFile(file))] as const,
  );
  return new Map(await Promise.all(entries));
}

describe('a GPT-2 that <gpt2-loader> has put in the place of the page’s model', () => {
  // The answers of the hub are made on this thread: the engine runs here too.
  before(() => {
    setWorkerFactory(() => {
      throw new Error('this test has no worker');
    });
  });

  it('is what the map, the attention of its 144 heads, the logit lens and the generator show', async () => {
    const model = await fixture<GptModel>(html`<gpt-model
      backend="cpu"
      config='{"emb_dim": 8, "n_heads": 2, "n_layers": 1, "context_length": 32}'
    >
      <gpt2-loader hub=${FAKE_HUB} repository=${REPO}></gpt2-loader>
      <attention-matrix text=${TEXT}></attention-matrix>
      <gpt-architecture text=${TEXT}></gpt-architecture>
      <logit-lens text=${TEXT}></logit-lens>
      <text-generator prompt=${TEXT} max-new-tokens="3"></text-generator>
    </gpt-model>`);
    const shown = async <
      T extends {element: Element; until: (done: () => boolean, what: string) => Promise<void>},
    >(
      harness: T,
      done: (harness: T) => boolean,
      what: string,
    ) => {
      harness.element.scrollIntoView(); // elements compute once they are seen
      await harness.until(() => done(harness), what);
    };
    const loader = new Gpt2LoaderHarness(model.querySelector('gpt2-loader')!);
    const matrix = new AttentionMatrixHarness(model.querySelector('attention-matrix')!);
    await shown(matrix, ({thumbnails}) => thumbnails.length === 2, 'the heads of the model before');

    loader.element.scrollIntoView();
    await withFakeHub(await smallGpt2(), {}, async () => {
      await loader.press('Download and load');
      await loader.settled();
    });
    expect(loader.readout).to.contain('144 attention heads');

    await shown(matrix, ({thumbnails}) => thumbnails.length === 144, 'every head');
    Object.assign(matrix.element, {layer: 11, head: 11});
    const probs = (await model.live.trace({text: TEXT, want: ['h.11.attn.probs']}))['h.11.attn.probs']!;
    const T = probs.shape.at(-1)!;
    const last = probs.data.slice(-T);
    await shown(matrix, () => matrix.isDrawn && matrix.rowLabels.length === T, 'the last head of all');
    const told = () => [...([...(matrix.spokenTable?.rows ?? [])].at(-1)?.cells ?? [])].slice(1);
    const isTold = (prob: number, i: number) =>
      Math.abs(readNumber(told()[i]?.textContent ?? '') - prob) < 6e-4;
    await matrix.until(() => [...last].every(isTold), 'its weights in the table');

    const map = new GptArchitectureHarness(model.querySelector('gpt-architecture')!);
    await shown(map, ({parts}) => parts.some((part) => part.startsWith('h.11')), 'the twelfth block');
    const lens = new LogitLensHarness(model.querySelector('logit-lens')!);
    await shown(lens, ({depths}) => depths.length === 1 + 2 * 12, 'a guess after each half of a block');
    const generator = new TextGeneratorHarness(model.querySelector('text-generator')!);
    await shown(generator, ({isDrawn}) => isDrawn, 'the candidates');
    await generator.press('Generate');
    await generator.until(() => !generator.hasButton('Stop') && generator.tokens.length > 0, 'the text');
    expect(words(generator.field<HTMLElement>('.text'))).to.contain(TEXT);

    await freeDownload(downloadKey({base: FAKE_HUB, repo: REPO, revision: 'main'}));
  });
});
