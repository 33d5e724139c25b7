/** Which head is shown first, and how the work on many heads is split into slices. */
import {expect, fixture, html} from '@open-wc/testing';
import {attentionPatterns} from '../../math/attention-patterns.js';
import {key, uniformStream} from '../../math/rng.js';
import {until} from '../../ui/testing/until.js';
import '../gpt-model/gpt-model.js';
import './attention-matrix.js';
import {AttentionMatrixHarness} from './attention-matrix.harness.js';
import type {AttentionMatrix} from './attention-matrix.js';
import type {AttentionData} from './data/attention-data.js';
import {GivenData} from './data/given-data.js';
import {HeadScores} from './heads/head-scores.js';

const TALE = ['Mia', ' saw', ' a', ' kite', '.', ' She', ' hid', ' the', ' kite', '.', ' She', ' ran', '.'];
const T = TALE.length;

/** A head of T tokens: `look` names the one key of a row; other rows look everywhere alike. */
function head(look: (query: number) => number | undefined): Float32Array {
  return Float32Array.from({length: T * T}, (_, i) => {
    const [query, asked] = [Math.floor(i / T), i % T];
    const target = look(query);
    return asked > query ? 0 : target === undefined ? 1 / (query + 1) : Number(asked === target);
  });
}
const HEADS = {
  even: head(() => undefined),
  self: head((query) => query),
  first: head(() => 0),
  previous: head((query) => Math.max(0, query - 1)),
  /** From the full stops, where “She” is guessed, to “Mia”. */
  pronoun: head((query) => (TALE[query] === '.' ? 0 : undefined)),
};
const layer = (...names: (keyof typeof HEADS)[]): Float32Array => {
  const all = new Float32Array(names.length * T * T);
  names.forEach((name, i) => {
    all.set(HEADS[name], i * T * T);
  });
  return all;
};

async function given(data: object, template = html`<attention-matrix></attention-matrix>`) {
  const element = await fixture<AttentionMatrix>(template);
  Object.assign(element, {tokens: TALE, ...data});
  await element.updateComplete;
  const harness = new AttentionMatrixHarness(element);
  await harness.drawn();
  return {element, harness};
}
const shown = ({grid}: AttentionMatrixHarness) => grid.ariaLabel!.match(/layer \d+, head \d+/)![0];

describe('The first head of <attention-matrix>', () => {
  it('is the one with the most telling pattern', async () => {
    const weights = [layer('self', 'first', 'even'), layer('previous', 'pronoun', 'self')];
    const {harness} = await given({weights});
    expect(shown(harness)).to.equal('layer 2, head 2');
    expect(harness.readout).to.contain('pattern is “pronoun”: just before a pronoun, 100 % of its attention');
    expect(harness.readout).to.contain('(mean of 2 tokens;');
  });

  it('is rather a previous-token head than one that looks at itself or the first token', async () => {
    const {harness} = await given({weights: [layer('self', 'previous', 'first')]});
    expect(shown(harness)).to.equal('layer 1, head 2');
  });

  it('is the first one if none follows a pattern', async () => {
    const {harness} = await given({weights: [layer('even', 'even')]});
    expect(shown(harness)).to.equal('layer 1, head 1');
  });

  it('is the one that the page sets, and stays the one that the reader chooses', async () => {
    const weights = [layer('self', 'first', 'pronoun')];
    const {harness} = await given({weights}, html`<attention-matrix head="1"></attention-matrix>`);
    expect(shown(harness)).to.equal('layer 1, head 2');
    const other = await given({weights: [layer('self', 'previous', 'first')]});
    await other.harness.chooseThumbnail(0, 0);
    other.element.weights = weights;
    await other.element.updateComplete;
    expect(shown(other.harness)).to.equal('layer 1, head 1');
  });

  it('follows a visible pattern with the default model and text', async () => {
    const provider = await fixture(html`
      <gpt-model pretrained="tiny-tales" backend="cpu"><attention-matrix></attention-matrix></gpt-model>
    `);
    const element = provider.querySelector('attention-matrix')!;
    const harness = new AttentionMatrixHarness(element);
    await until(() => harness.readout.includes('This head’s pattern is'), 'a pattern');
    const [, name, share] = harness.readout.match(/This head’s pattern is “(.+?)”.*?(\d+) % of/)!;
    expect(name).to.equal('repeated thing');
    expect(Number(share)).to.be.at.least(90);
    const labels = harness.thumbnails.map((thumb) => thumb.ariaLabel!);
    const pronoun = Math.max(
      ...labels.map((label) => Number(label.match(/: pronoun (0\.\d+|1\.00)/)?.[1] ?? 0)),
    );
    expect(pronoun, labels.join('; ')).to.be.at.least(0.8);
    // A text of the page's own: one pronoun, one thing that comes again.
    element.text = 'Mia saw a big red kite. She hid the kite.';
    await until(() => harness.rowLabels.length === 12, 'the other text');
    expect(harness.readout).to.match(/pattern is “repeated thing”.* (9\d|100) % of .*\(mean of one token;/);
  });
});

/** 12 heads on 400 tokens, rows that sum to 1: more than one slice of work. */
function many(seed: number): {weights: Float32Array[]; tokens: string[]} {
  const next = uniformStream(key(seed));
  const size = 400;
  const weights = new Float32Array(12 * size * size);
  for (let row = 0; row < 12 * size; row++) {
    const seen = (row % size) + 1;
    const drawn = Float32Array.from({length: seen}, () => next() ** 8);
    const sum = drawn.reduce((a, b) => a + b, 0);
    weights.set(
      drawn.map((weight) => weight / sum),
      row * size,
    );
  }
  return {weights: [weights], tokens: Array.from({length: size}, (_, i) => `word${i % 97}`)};
}

/** Reads weights as the view would, to the end: work that was given up would be done by then. */
async function readBeside(input: Parameters<GivenData['take']>[0]): Promise<void> {
  const reader = new GivenData(() => {});
  reader.take(input, {layer: 0, head: 0});
  await until(() => reader.data?.weights.every(Boolean) ?? false, 'the same work beside it');
}

describe('The heads of a long text', () => {
  const {weights, tokens} = many(1);
  const data: AttentionData = {tokens, heads: 12, weights, scores: [], causal: true};
  const first = {layer: 0, head: 5};

  it('are scored one after another, the chosen one first, with the same result as at once', async () => {
    const order: number[] = [];
    const known = () =>
      Array.from({length: 12}, (_, head) => head).filter((head) => scores.pattern(data, {layer: 0, head}));
    const scores = new HeadScores(() => order.push(known().length));
    scores.ask(data, first);
    expect(known().length, 'at once').to.be.lessThan(12);
    await until(() => scores.pattern(data, first) !== undefined, 'the chosen head');
    expect(order[0]).to.equal(1);
    await until(() => known().length === 12, 'all heads');
    for (const head of [0, 5, 11]) {
      const matrix = weights[0]!.subarray(head * 400 ** 2, (head + 1) * 400 ** 2);
      const {scores: alone, entropy, evenness} = attentionPatterns(matrix, tokens);
      expect(scores.pattern(data, {layer: 0, head})).to.deep.include({scores: alone, entropy, evenness});
    }
  });

  it('are no longer scored when other data replace them or scoring is stopped', async () => {
    const other: AttentionData = {...data, weights: many(2).weights};
    const scores = new HeadScores(() => {});
    scores.ask(data, first);
    scores.ask(other, first);
    expect(scores.pattern(data, first), 'of the data before').to.equal(undefined);
    await until(
      () => scores.mostTelling(other) !== undefined || scores.pattern(other, first) !== undefined,
      'the others',
    );
    scores.stop();
    const known = (of: HeadScores) =>
      Array.from({length: 12}, (_, head) => of.pattern(other, {layer: 0, head})).filter(Boolean).length;
    const before = known(scores);
    const beside = new HeadScores(() => {});
    beside.ask(other, first);
    await until(() => known(beside) === 12, 'the same work beside it');
    expect(known(scores), 'it ran on').to.equal(before);
    scores.ask(other, first);
    await until(() => known(scores) === 12, 'the rest, when it is back');
  });

  it('are read in slices, the layer on show first, with the same result', async () => {
    const nested = (all: Float32Array) =>
      Array.from({length: 12}, (_, head) =>
        Array.from({length: 400}, (_, row) => [
          ...all.subarray((head * 400 + row) * 400, (head * 400 + row + 1) * 400),
        ]),
      );
    const two = [nested(weights[0]!), nested(many(2).weights[0]!)];
    const seen: (AttentionData | undefined)[] = [];
    const reader = new GivenData(() => seen.push(reader.data));
    const input = {weights: two, scores: undefined, tokens, snapshotWeights: undefined};
    reader.take(input, {layer: 1, head: 3});
    expect(reader.data, 'at once').to.equal(undefined);
    await until(() => seen.length > 0, 'the layer on show');
    expect(seen[0]!.weights.map(Boolean)).to.deep.equal([false, true]);
    reader.stop();
    await readBeside(input);
    expect(seen.length, 'it ran on').to.equal(1);
    reader.take(input, {layer: 1, head: 3});
    await until(() => reader.data!.weights[0] !== undefined, 'the rest');
    expect(reader.data!.weights[0]).to.deep.equal(weights[0]);
    expect(reader.data!.causal).to.equal(true);
  });

  it('leave the previous weights in place if they are invalid, and say what is wrong', async () => {
    const reader = new GivenData(() => {});
    const input = {scores: undefined, tokens, snapshotWeights: undefined};
    reader.take({...input, weights}, first);
    await until(() => reader.data !== undefined, 'the weights');
    const before = reader.data;
    const wrong = weights[0]!.slice();
    wrong[wrong.length - 1] = 3;
    reader.take({...input, weights: [wrong]}, first);
    await until(() => reader.problem !== undefined, 'the sentence');
    expect(reader.problem).to.contain('holds 3, but attention weights lie between 0 and 1');
    expect(reader.data).to.equal(before);
  });

  it('can be replaced while they are read', async () => {
    const {element, harness} = await given({weights, tokens});
    element.weights = many(2).weights;
    await element.updateComplete;
    element.weights = [layer('self', 'previous')];
    element.tokens = TALE;
    await until(() => harness.rowLabels.length === T, 'the last weights');
    await readBeside({weights: many(2).weights, scores: undefined, tokens, snapshotWeights: undefined});
    expect(harness.rowLabels).to.have.length(T);
  });
});
