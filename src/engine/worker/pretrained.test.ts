import {expect} from '@open-wc/testing';
import {spamHam} from '../../data/spam-ham/index.js';
import {vocabulary} from '../../data/tiny-tales/grammar.js';
import {logProbability, tellStory} from '../../data/tiny-tales/index.js';
import {taleLinks} from '../../data/tiny-tales/links.js';
import {attentionPatterns, linkScore, type PatternScore, poolScores} from '../../math/attention-patterns.js';
import {normals, permutation} from '../../math/rng.js';
import {unpack} from '../../model/testing/golden.js';
import {LiveModel} from '../../state/live-model.js';
import {DEFAULT_SPEC} from '../../state/registry.js';
import golden from '../golden/tiny-tales.json';
import type {Intervention, ModelSpec} from '../protocol.js';
import {connectInProcess, freshAutosaves, rejection} from '../testing/in-process.js';

// A short text: what the weights are asked does not depend on it.
const SPEC: ModelSpec = {...DEFAULT_SPEC, corpus: {kind: 'tiny-tales', stories: 60}};
const make = (spec: ModelSpec = SPEC) =>
  new LiveModel('m', spec, () => connectInProcess({autosaves: freshAutosaves()}), {backend: 'wasm'});

/** Answers requests for the weights with something else, while `work` runs. */
async function answering(answer: () => Promise<Response>, work: () => Promise<void>): Promise<void> {
  const {fetch} = globalThis;
  globalThis.fetch = (input, init) =>
    String(input).includes('.safetensors') ? answer() : fetch(input, init);
  try {
    await work();
  } finally {
    globalThis.fetch = fetch;
  }
}

describe('the model that ships trained', () => {
  let model: LiveModel;
  before(async () => {
    model = make();
    await model.ready;
  });
  after(() => model.close());

  it('is there without a training step, small enough to be fetched by a page', () => {
    expect(model.facts).to.include({pretrained: 'tiny-tales', step: 0});
    expect(model.facts!.bytes.weights / 2).to.be.below(2e6); // F16 in the file
    expect(model.history.steps).to.deep.equal([]);
  });

  it('has the tokens, logits and attention that PyTorch computes from its file', async () => {
    expect(model.encode(golden.text)).to.deep.equal(golden.ids);
    const trace = await model.trace({ids: golden.ids, want: ['logits', 'h.*.attn.probs']});
    const {vocabSize, nHeads} = model.config!;
    const T = golden.ids.length;
    const logits = trace.logits!.data.subarray((T - 1) * vocabSize);
    const expected = unpack(golden.lastLogits).data;
    for (const [id, value] of expected.entries()) expect(logits[id]!).to.be.closeTo(value, 2e-3);
    for (const [layer, packed] of golden.lastAttention.entries()) {
      const rows = unpack(packed).data; // [H, T]
      const {data} = trace[`h.${layer}.attn.probs`]!; // [H, T, T]
      for (let head = 0; head < nHeads; head++)
        for (let key = 0; key < T; key++)
          expect(data[(head * T + T - 1) * T + key]!).to.be.closeTo(rows[head * T + key]!, 1e-4);
    }
  });

  it('copies the object of a tale, and gives a girl her pronoun and a boy his', async () => {
    const next = async (prompt: string) => {
      for await (const {text} of model.generate({prompt, maxNewTokens: 1, temperature: 0})) return text;
      return undefined;
    };
    expect(await next('Mia saw a big red kite. She hid the')).to.equal(' kite');
    expect(await next('Tom saw a small wet frog. He fed the')).to.equal(' frog');
    expect(await next('Mia was in the barn.')).to.equal(' She');
    expect(await next('Tom was in the barn.')).to.equal(' He');
  });

  it('comes near the entropy of tales that it has not seen', async () => {
    const {vocabSize} = model.config!;
    let [loss, floor, tokens] = [0, 0, 0];
    for (let tale = 0; tale < 20; tale++) {
      const text = tellStory(1, tale);
      const ids = model.encode(`\n${text}`);
      const {logits} = await model.trace({ids: ids.slice(0, -1), want: ['logits']});
      for (let t = 0; t + 1 < ids.length; t++) {
        const row = logits!.data.subarray(t * vocabSize, (t + 1) * vocabSize);
        const largest = Math.max(...row);
        loss +=
          Math.log(row.reduce((sum, z) => sum + Math.exp(z - largest), 0)) + largest - row[ids[t + 1]!]!;
      }
      tokens += ids.length - 1;
      floor -= logProbability(text);
    }
    expect((loss - floor) / tokens).to.be.within(-0.05, 0.15);
  });

  /** The best head's score of each pattern and link on some sequences. */
  async function bestScores(sequences: number[][]): Promise<Record<string, number>> {
    const {nLayers, nHeads} = model.config!;
    const heads = Array.from({length: nLayers * nHeads}, () => ({}) as Record<string, PatternScore[]>);
    for (const ids of sequences) {
      const links = taleLinks(ids.map((id) => model.tokenizer!.token(id)));
      const trace = await model.trace({ids, want: ['h.*.attn.probs']});
      for (const [index, found] of heads.entries()) {
        const {data} = trace[`h.${Math.floor(index / nHeads)}.attn.probs`]!; // [H, T, T]
        const start = (index % nHeads) * ids.length ** 2;
        const probs = data.subarray(start, start + ids.length ** 2);
        const scores: Record<string, PatternScore | undefined> = attentionPatterns(probs, ids).scores;
        for (const [name, those] of Object.entries(links)) scores[name] = linkScore(probs, ids.length, those);
        for (const [name, score] of Object.entries(scores)) if (score) (found[name] ??= []).push(score);
      }
    }
    const best = (name: string) => Math.max(...heads.map((found) => poolScores(found[name]!)!.score));
    return Object.fromEntries(Object.keys(heads[0]!).map((name) => [name, best(name)]));
  }

  it('has heads that look back for the name, the pronoun and the thing of a tale', async () => {
    const tales = Array.from({length: 12}, (_, tale) => model.encode(tellStory(1, tale).trim()));
    const best = await bestScores(tales);
    expect(best.thing, 'thing').to.be.above(0.5);
    // One head does this work: at each full stop it looks for who the tale is about.
    expect(best.pronoun, 'pronoun').to.be.above(0.45);
    expect(best.name, 'name').to.be.above(0.25);
  });

  it('tells “she” from “he”, and takes a boy for a girl without the head that looks for whom the tale is about', async () => {
    const silenced: Intervention = {at: 'h.0.attn.context', head: 1, change: 'zero'}; // layer 1, head 2: docs/model-card.md
    const [she, he] = [' She', ' He'].map((word) => model.encode(word)[0]!) as [number, number];
    /** What the model gives to “He”, of what it gives to both. */
    const shareOfHe = async (name: string, interventions: Intervention[] = []) => {
      const text = `${name} had a big red ball in the park.`;
      const {logits} = await model.trace({text, want: ['logits'], options: {interventions}});
      const last = logits!.data.subarray(-model.config!.vocabSize);
      return 1 / (1 + Math.exp(last[she]! - last[he]!));
    };
    for (const name of ['Sue', 'Mia']) expect(await shareOfHe(name), name).to.be.below(0.1);
    for (const name of ['Ben', 'Tom']) {
      expect(await shareOfHe(name), name).to.be.above(0.9);
      expect(await shareOfHe(name, [silenced]), `${name}, silenced`).to.be.below(0.4);
    }
  });

  it('has an induction head: on random words said twice it looks at what followed the first time', async () => {
    const words = [...vocabulary()].sort();
    const twice = (seed: number) => {
      const some = Array.from(permutation(words.length, seed).slice(0, 20), (word) => ` ${words[word]}`);
      return model.encode([...some, ...some].join(''));
    };
    const best = await bestScores([1, 2, 3].map(twice));
    expect(best.induction, 'induction').to.be.above(0.5);
    expect(best.previous, 'the token before').to.be.above(0.25);
  });

  it('can be trained on, can forget it all, and is back when it is opened again', async () => {
    const other = make();
    const {training} = await other.ready;
    expect(training.steps).to.equal(500);
    const {loss} = await other.stepOnce();
    expect(loss).to.be.below(1.2);
    const facts = await other.reset();
    expect(facts).to.deep.include({pretrained: undefined, step: 0});
    expect(facts.training.learningRate).to.be.above(training.learningRate);
    expect((await other.stepOnce()).loss).to.be.above(5);
    await other.close();
    expect((await other.ready).pretrained).to.equal('tiny-tales');
    await other.close();
  });

  it('says so where its file cannot be fetched, and is tried again at the next request', async () => {
    const other = make();
    const loading: string[] = [];
    other.addEventListener('gpt-loading', ({detail}) => loading.push(`${detail.message} ${detail.done}`));
    await answering(
      () => Promise.reject(new TypeError('Failed to fetch')),
      async () => {
        const {code, message} = await rejection(other.ready);
        expect(code).to.equal('weights');
        expect(message).to.contain('tiny-tales.safetensors (Failed to fetch)').and.contain('try again');
      },
    );
    await answering(
      async () => new Response('', {status: 404}),
      async () => {
        expect((await rejection(other.ready)).message).to.contain('HTTP status 404');
      },
    );
    await answering(
      async () => new Response('<!doctype html><title>Not found</title>'),
      async () => {
        expect((await rejection(other.ready)).message).to.contain('is not the trained model');
      },
    );
    expect((await other.ready).pretrained).to.equal('tiny-tales');
    expect(other.error).to.equal(undefined);
    expect(loading.filter((line) => line.startsWith('Fetching')).length).to.be.above(1);
    await other.close();
  });

  it('takes no other size or tokenizer', async () => {
    const spec: ModelSpec = {...SPEC, config: {embDim: 32}};
    expect((await rejection(make(spec).ready)).message).to.contain('its own size');
  });

  it('gives a short message the same class at every row length up to its context, as a classifier', async () => {
    const {test, classes} = spamHam({seed: 1});
    const data = {kind: 'texts' as const, classes, train: test.slice(0, 2), validation: []};
    const classifier = make({...SPEC, task: {kind: 'classification', data}});
    try {
      const {config} = await classifier.ready;
      const head = {shape: [2, config.embDim], data: normals(2 * config.embDim, 0, 0.3, 1)};
      await classifier.setWeights({'score.weight': head}); // a fresh one gives every message nearly the same
      const messages = test
        .map(({text}) => classifier.encode(text))
        .filter((ids) => ids.length <= 20)
        .slice(0, 6);
      const alone: number[] = [];
      for (const ids of messages) alone.push((await classifier.classify({ids: [ids]}))[0]![1]!);
      for (let length = 1; length <= config.contextLength; length++) {
        const short = messages.map((_, n) => n).filter((n) => messages[n]!.length <= length);
        if (short.length === 0) continue;
        const ids = short.map((n) => messages[n]!);
        const padded = await classifier.classify({ids, length});
        for (const [row, n] of short.entries())
          expect(padded[row]![1], `message ${n} at ${length} positions`).to.be.closeTo(alone[n]!, 1e-5);
      }
      expect(config.contextLength).to.equal(64);
      const flawed = await classifier.classify({ids: messages, length: 64, readAt: 'last-position'});
      const furthest = Math.max(...flawed.map(([, p], n) => Math.abs(p! - alone[n]!)));
      expect(furthest).to.be.above(0.1); // what padding does to a head that reads the last position
    } finally {
      await classifier.close();
    }
  });
});
