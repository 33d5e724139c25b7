import {expect} from '@open-wc/testing';
import {
  aboveChance,
  attentionPatterns,
  linkScore,
  patternLinks,
  patternSteps,
  poolScores,
  strongestPattern,
} from './attention-patterns.js';

/** A head that gives all its attention to one key a row. */
function pointing(keys: readonly number[]): Float32Array {
  const size = keys.length;
  const probs = new Float32Array(size * size);
  for (const [query, key] of keys.entries()) probs[query * size + key] = 1;
  return probs;
}

/** A causal head that looks everywhere alike. */
function even(size: number): Float32Array {
  return Float32Array.from({length: size * size}, (_, index) => {
    const [query, key] = [Math.floor(index / size), index % size];
    return key <= query ? 1 / (query + 1) : 0;
  });
}

// Random tokens, then the same again, as Olsson et al. measure it.
const REPEATED = [5, 3, 8, 1, 5, 3, 8, 1];

describe('attention patterns', () => {
  it('tell the five ideal heads apart', () => {
    const heads = {
      previous: pointing([0, 0, 1, 2, 3, 4, 5, 6]),
      first: pointing([0, 0, 0, 0, 0, 0, 0, 0]),
      self: pointing([0, 1, 2, 3, 4, 5, 6, 7]),
      duplicate: pointing([0, 0, 0, 0, 0, 1, 2, 3]),
      induction: pointing([0, 0, 0, 0, 1, 2, 3, 4]),
    };
    for (const [name, probs] of Object.entries(heads)) {
      const {scores, entropy, evenness} = attentionPatterns(probs, REPEATED);
      expect(scores[name as keyof typeof scores]!.score, name).to.equal(1);
      expect(strongestPattern({scores, entropy, evenness})?.name).to.equal(name);
      expect([entropy, evenness]).to.deep.equal([0, 0]);
    }
  });

  it('are at chance where a head looks everywhere alike, and then have no name', () => {
    const patterns = attentionPatterns(even(8), REPEATED);
    for (const [name, score] of Object.entries(patterns.scores)) {
      expect(score.score, name).to.be.closeTo(score.chance, 1e-6);
      expect(aboveChance(score), name).to.be.closeTo(0, 1e-6);
    }
    expect(patterns.evenness).to.be.closeTo(1, 1e-6);
    expect(strongestPattern(patterns)).to.equal(undefined);
  });

  it('are the same in small steps, of any links', () => {
    const probs = Float32Array.from([1, 0, 0, 0.25, 0.75, 0, 0.5, 0.2, 0.3]);
    const steps = patternSteps(probs, 3, {...patternLinks([7, 9, 7]), back: [{query: 2, keys: [0, 1]}]});
    let [count, step] = [0, steps.next()];
    for (; !step.done; step = steps.next()) count++;
    const {scores, entropy, evenness} = attentionPatterns(probs, [7, 9, 7]);
    expect(step.value).to.deep.equal({
      scores: {...scores, back: linkScore(probs, 3, [{query: 2, keys: [0, 1]}])},
      entropy,
      evenness,
    });
    expect(count, 'a row at a time').to.be.at.least(3);
  });

  it('add up by hand', () => {
    const probs = Float32Array.from([1, 0, 0, 0.25, 0.75, 0, 0.5, 0.2, 0.3]);
    const {scores, entropy} = attentionPatterns(probs, [7, 9, 7]);
    expect(scores.previous).to.deep.include({queries: 1, chance: 1 / 3});
    expect(scores.previous!.score).to.be.closeTo(0.2, 1e-6);
    expect(scores.first!.score).to.be.closeTo(0.5, 1e-6);
    expect(scores.self!.score).to.be.closeTo((0.75 + 0.3) / 2, 1e-6);
    expect(scores.self!.chance).to.be.closeTo((1 / 2 + 1 / 3) / 2, 1e-12);
    expect(scores.duplicate!.score).to.be.closeTo(0.5, 1e-6);
    expect(scores.induction!.score).to.be.closeTo(0.2, 1e-6);
    const nats = (...shares: number[]) => -shares.reduce((sum, p) => sum + p * Math.log(p), 0);
    expect(entropy).to.be.closeTo((nats(0.25, 0.75) + nats(0.5, 0.2, 0.3)) / 2, 1e-6);
  });

  it('are absent where the text has no token that could show them', () => {
    const {scores} = attentionPatterns(even(4), [1, 2, 3, 4]);
    expect(scores.duplicate).to.equal(undefined);
    expect(scores.induction).to.equal(undefined);
    expect(attentionPatterns(even(1), [1]).scores).to.deep.equal({});
    expect(attentionPatterns(new Float32Array(0), []).scores).to.deep.equal({});
  });

  it('know tokens by their text too, and look for the follower of each earlier occurrence', () => {
    const {duplicate, induction} = patternLinks(['the', 'cat', 'the', 'dog', 'the', 'the']);
    expect(duplicate).to.deep.equal([
      {query: 2, keys: [0]},
      {query: 4, keys: [0, 2]},
      {query: 5, keys: [0, 2, 4]},
    ]);
    expect(induction).to.deep.equal([
      {query: 2, keys: [1]},
      {query: 4, keys: [1, 3]},
      {query: 5, keys: [1, 3]},
    ]);
  });

  it('count a token that sees the whole text among all of it', () => {
    const everywhere = new Float32Array(9).fill(1 / 3);
    const {scores, evenness} = attentionPatterns(everywhere, [1, 2, 3], {causal: false});
    expect(scores.self!.chance).to.be.closeTo(1 / 3, 1e-12);
    expect(evenness).to.be.closeTo(1, 1e-6);
  });
});

describe('linkScore', () => {
  it('sums over the keys of a query, and averages over queries', () => {
    const links = [
      {query: 2, keys: [0, 1]},
      {query: 3, keys: [3]},
      {query: 1, keys: []},
    ];
    const score = linkScore(even(4), 4, links)!;
    expect(score.queries).to.equal(2);
    expect(score.score).to.be.closeTo((2 / 3 + 1 / 4) / 2, 1e-6);
    expect(linkScore(even(4), 4, [])).to.equal(undefined);
  });

  it('refuses numbers that are no matrix, and links that lead nowhere', () => {
    expect(() => linkScore(new Float32Array(8), 3, [])).to.throw(RangeError, '3 × 3 = 9 weights');
    expect(() => linkScore(even(3), 3, [{query: 2, keys: [3]}])).to.throw(RangeError, 'no token 3');
    expect(() => attentionPatterns(even(3), [1, 2])).to.throw(RangeError, 'there are 9');
  });
});

describe('poolScores', () => {
  it('lets each query count alike', () => {
    const pooled = poolScores([
      {score: 1, chance: 0.5, queries: 1},
      undefined,
      {score: 0, chance: 0.1, queries: 3},
    ])!;
    expect(pooled.queries).to.equal(4);
    expect(pooled.score).to.be.closeTo(0.25, 1e-12);
    expect(pooled.chance).to.be.closeTo(0.2, 1e-12);
    expect(poolScores([undefined])).to.equal(undefined);
  });
});
