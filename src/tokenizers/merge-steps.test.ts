import {expect} from '@open-wc/testing';
import {uniformStream} from '../math/rng.js';
import {byteString, bytesOf, type MergeRank, mergeSteps, mergeTree, partsAfter} from './merge-steps.js';

/** Ranks by the joined bytes, as tiktoken has them: the earlier in the list, the lower. */
const byResult =
  (...tokens: string[]): MergeRank =>
  (left, right) => {
    const rank = tokens.indexOf(left + right);
    return rank < 0 ? undefined : rank;
  };

/** The definition, word for word and slow: look at all pairs, join the first of lowest rank. */
function naive(piece: string, rankOf: MergeRank): string[] {
  const parts = [...piece];
  for (;;) {
    const ranks = parts.slice(1).map((right, i) => rankOf(parts[i]!, right) ?? Infinity);
    const lowest = Math.min(...ranks);
    if (lowest === Infinity) return parts;
    const at = ranks.indexOf(lowest);
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
  }
}

describe('mergeSteps', () => {
  it('joins the lowest rank first, not the leftmost pair', () => {
    expect(mergeSteps('abc', byResult('bc', 'ab', 'abc'))).to.deep.equal([
      {at: 1, left: 'b', right: 'c', rank: 0},
      {at: 0, left: 'a', right: 'bc', rank: 2},
    ]);
  });

  it('joins the leftmost of equal pairs', () => {
    const steps = mergeSteps('aaaaa', byResult('aa', 'aaaa'));
    expect(steps.map(({at}) => at)).to.deep.equal([0, 1, 0]);
    expect(partsAfter('aaaaa', steps)).to.deep.equal(['aaaa', 'a']);
  });

  it('takes ranks that depend on the pair and not on its bytes, as a trained BPE has them', () => {
    const merges = ['a b', 'ab c', 'b c'];
    const rankOf: MergeRank = (left, right) => {
      const rank = merges.indexOf(`${left} ${right}`);
      return rank < 0 ? undefined : rank;
    };
    expect(partsAfter('abc', mergeSteps('abc', rankOf))).to.deep.equal(['abc']);
    expect(partsAfter('xbc', mergeSteps('xbc', rankOf))).to.deep.equal(['x', 'bc']);
  });

  it('merges nothing where nothing can be merged', () => {
    for (const piece of ['', 'a', 'xyz']) {
      expect(mergeSteps(piece, byResult('ab'))).to.deep.equal([]);
      expect(partsAfter(piece, [])).to.deep.equal([...piece]);
    }
  });

  it('does what the definition says, on random pieces and ranks', () => {
    const next = uniformStream(3);
    for (let round = 0; round < 200; round++) {
      const letters = () =>
        Array.from({length: 2 + Math.floor(3 * next())}, () => 'abc'[Math.floor(3 * next())]);
      const tokens = Array.from({length: 12}, () => letters().join(''));
      const piece = Array.from({length: 20}, () => 'abc'[Math.floor(3 * next())]).join('');
      const rankOf = byResult(...tokens);
      expect(partsAfter(piece, mergeSteps(piece, rankOf))).to.deep.equal(naive(piece, rankOf));
    }
  });
});

describe('partsAfter and mergeTree', () => {
  const piece = 'lowest';
  const steps = mergeSteps(piece, byResult('es', 'lo', 'est', 'low'));

  it('give every state on the way', () => {
    expect([0, 1, 2, 3, 4].map((count) => partsAfter(piece, steps, count).join('|'))).to.deep.equal([
      'l|o|w|e|s|t',
      'l|o|w|es|t',
      'lo|w|es|t',
      'lo|w|est',
      'low|est',
    ]);
  });

  it('give the tree: what each part covers and became a part of', () => {
    const nodes = mergeTree(piece, steps);
    expect(nodes.slice(6).map(({part, start, end, height}) => [part, start, end, height])).to.deep.equal([
      ['es', 3, 5, 1],
      ['lo', 0, 2, 1],
      ['est', 3, 6, 2],
      ['low', 0, 3, 2],
    ]);
    expect(nodes.filter(({parent}) => parent < 0).map(({part}) => part)).to.deep.equal(['est', 'low']);
    for (const node of nodes) {
      const parent = nodes[node.parent];
      if (parent) expect(parent.start <= node.start && node.end <= parent.end).to.equal(true);
    }
  });
});

describe('byteString', () => {
  it('has a character for each byte of UTF-8, and back', () => {
    for (const text of ['', 'plain', 'é', '世界', '😀', '\0\x7f\x80', 'a\ud800b']) {
      const bytes = new TextEncoder().encode(text);
      expect(byteString(text)).to.have.lengthOf(bytes.length);
      expect([...bytesOf(byteString(text))]).to.deep.equal([...bytes]);
    }
  });
});
