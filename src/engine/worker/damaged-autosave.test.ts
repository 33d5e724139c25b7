import {expect} from '@open-wc/testing';
import {specKey} from '../../checkpoint/spec-key.js';
import {LiveModel} from '../../state/live-model.js';
import {becomes, connectInProcess, freshAutosaves, TINY_SPEC, TINY_TRAINING} from '../testing/in-process.js';
import {failuresOf, must, QUICK} from '../testing/rounds.js';

type Path = string[];
type Loose = Record<string, unknown>;

/** Every field of a record, as the way to it. */
const FIELDS: Path[] = [
  ['snapshot'],
  ['history'],
  ['history', 'steps'],
  ['history', 'evals'],
  ...['config', 'options', 'step', 'tokensSeen', 'seed', 'stride', 'theta', 'm', 'v'].map((name) => [
    'snapshot',
    name,
  ]),
  ...['vocabSize', 'embDim', 'nHeads', 'nLayers', 'contextLength'].map((name) => [
    'snapshot',
    'config',
    name,
  ]),
  ...['steps', 'batchSize', 'learningRate', 'beta1', 'samplePrompt', 'engine', 'precision'].map((name) => [
    'snapshot',
    'options',
    name,
  ]),
];

/** What may stand there instead. */
const DAMAGES: [name: string, damage: (value: unknown) => unknown][] = [
  ['missing', () => undefined],
  ['null', () => null],
  ['a text', () => 'x'],
  ['minus one', () => -1],
  ['half', () => 0.5],
  ['NaN', () => Number.NaN],
  ['huge', () => 1e308],
  ['empty', () => []],
  ['cut', (value) => (value instanceof Float32Array ? value.slice(0, value.length >> 1) : {})],
  ['longer', (value) => (value instanceof Float32Array ? new Float32Array(value.length + 7) : [null, 3])],
  ['other bytes', (value) => (value instanceof Float32Array ? new Uint8Array(value.buffer) : {step: 'x'})],
  ['not a number', (value) => (value instanceof Float32Array ? value.map(() => Number.NaN) : [{step: -3}])],
];

function damaged(record: object, path: Path, damage: (value: unknown) => unknown): Loose {
  const copy = structuredClone(record) as Loose;
  const [last] = path.slice(-1);
  const parent = path.slice(0, -1).reduce((at, name) => at[name] as Loose, copy);
  parent[last!] = damage(parent[last!]);
  return copy;
}

describe('a saved run that is damaged', () => {
  it('is refused or continued, and never harms the model that is there', async function () {
    this.timeout(600_000);
    const autosaves = freshAutosaves();
    const model = new LiveModel('m', TINY_SPEC, () => connectInProcess({...QUICK, autosaves}), {
      backend: 'wasm',
    });
    await model.train({...TINY_TRAINING, steps: 3, evalInterval: 1});
    await becomes(model, 'done');
    const good = (await autosaves.load(specKey(TINY_SPEC)))!;
    // Four damages to each field, different ones for neighbors.
    const inputs = FIELDS.flatMap((path, field) =>
      [0, 1, 2, 3].map((n) => ({path, damage: DAMAGES[(field + 3 * n) % DAMAGES.length]!})),
    );
    const failures = await failuresOf(inputs.length, async (_, round) => {
      const {path, damage} = inputs[round - 1]!;
      const what = `${path.join('.')} ${damage[0]}`;
      const fresh = new LiveModel('m', TINY_SPEC, () => connectInProcess({...QUICK, autosaves}), {
        backend: 'wasm',
      });
      try {
        await fresh.stepOnce();
        autosaves.load = async () => damaged(good, path, damage[1]) as never;
        const refusal = await fresh.restore().then(
          () => undefined,
          (error: Error & {code?: string}) => error,
        );
        if (refusal) {
          must(refusal.code === 'storage', `${what}: refused with ${refusal.code}: ${refusal.message}`);
          must(fresh.step === 1, `${what}: refused, but the model is at step ${fresh.step}`);
        }
        const {logits} = await fresh.trace({text: 'one', want: ['logits']});
        must(logits!.data.every(Number.isFinite), `${what}: the logits are not numbers`);
        const fact = await fresh.stepOnce();
        must(Number.isFinite(fact.loss), `${what}: the next loss is ${fact.loss}`);
        must(fact.step === (refusal ? 2 : 4), `${what}: the next step is ${fact.step}`);
        for (const {step, loss} of fresh.history.steps)
          must(
            Number.isSafeInteger(step) && Number.isFinite(loss),
            `${what}: the curve has ${step}, ${loss}`,
          );
      } catch (error) {
        throw new Error(`${what}: ${(error as Error).message}`);
      } finally {
        await fresh.close();
      }
    });
    expect(failures).to.deep.equal([]);
  });
});
