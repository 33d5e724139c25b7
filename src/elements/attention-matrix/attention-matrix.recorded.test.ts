import {expect, fixture, html} from '@open-wc/testing';
import type {LiveModel} from '../../state/live-model.js';
import {type ModelRecord, writeRecord} from '../../state/record.js';
import {recordKey} from '../../state/record-key.js';
import {until} from '../../ui/testing/until.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './attention-matrix.js';
import {AttentionMatrixHarness} from './attention-matrix.harness.js';
import type {AttentionMatrix} from './attention-matrix.js';

const CORPUS = 'one two three four five six seven eight nine ten. '.repeat(20);
const CONFIG = '{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 12}';
const TEXT = 'one two';
const WANT = ['h.*.attn.probs', 'h.0.attn.scores', 'h.0.attn.q', 'h.0.attn.k'];

const provider = (content: unknown) =>
  fixture<GptModel>(html`<gpt-model backend="cpu" .text=${CORPUS} config=${CONFIG}>${content}</gpt-model>`);

/** What the model says of the text, with all attention on the token itself, so that it can be told from the engine's. */
async function made(): Promise<ModelRecord> {
  const model = await provider('');
  const facts = await model.ready;
  const ids = model.encode(TEXT);
  const answer = await model.trace({ids, want: WANT});
  const {data} = answer['h.0.attn.probs']!;
  const T = ids.length;
  answer['h.0.attn.probs']!.data = data.map((_, i) => (i % T === Math.floor(i / T) % T ? 1 : 0));
  return {spec: model.live.spec, facts, answers: {[recordKey('trace', ids, WANT, {})]: answer}};
}

const addressOf = (record: ModelRecord): string =>
  `data:application/json;base64,${btoa(unescape(encodeURIComponent(writeRecord(record))))}`;

async function shown(recorded: string) {
  const model = await provider(
    html`<attention-matrix text=${TEXT} recorded=${recorded}><p slot="recorded">A picture</p></attention-matrix>`,
  );
  const element = model.querySelector<AttentionMatrix>('attention-matrix')!;
  return {live: model.live, element, harness: new AttentionMatrixHarness(element)};
}

/** Keeps the engine from starting until the returned function is called. */
function holdEngine(live: LiveModel): () => void {
  const start = live.start.bind(live);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  live.start = () => released.then(start);
  return release;
}

/** Where the strongest color of the second row is: on the token itself in the record, not in the model. */
const isRecorded = ({spokenTable}: AttentionMatrixHarness): boolean =>
  Number(spokenTable?.rows[2]?.cells[2]?.textContent) === 1;

describe('<attention-matrix recorded>', () => {
  it('<attention-matrix> shows its picture, then recorded weights, then those of the model', async () => {
    const {live, element, harness} = await shown(addressOf(await made()));
    const startEngine = holdEngine(live);
    await element.updateComplete;
    const slot = harness.root.querySelector<HTMLSlotElement>('slot[name=recorded]');
    expect(slot?.assignedElements()[0]?.textContent).to.equal('A picture');
    expect(harness.textInput, 'nothing above the picture').to.equal(null);
    await harness.drawn();
    await until(() => harness.spokenTable !== null, 'the table of weights');
    expect(harness.root.querySelector('slot[name=recorded]')).to.equal(null);
    expect(isRecorded(harness)).to.equal(true);
    expect(harness.words('.facts')).to.contain('recorded');
    startEngine();
    await until(() => !isRecorded(harness), 'the weights of the model');
    await until(() => harness.words('.facts').includes('plain JavaScript'), 'what computes');
    expect(harness.words('.facts')).not.to.contain('recorded');
  });

  it('<attention-matrix> asks the engine at once for a text that was not recorded', async () => {
    const {live, element, harness} = await shown(addressOf(await made()));
    element.text = 'two';
    await harness.drawn();
    await until(() => harness.rowLabels.length === 3, 'the other text');
    expect(live.isRecorded).to.equal(false);
  });

  it('<attention-matrix> does without a record that cannot be read', async () => {
    const {warn} = console;
    const warnings: string[] = [];
    console.warn = (message: string) => void warnings.push(message);
    const {live, harness} = await shown('data:application/json,nonsense');
    await harness.drawn();
    console.warn = warn;
    expect(warnings[0]).to.contain('could not be read');
    expect(live.isRecorded).to.equal(false);
  });
});
