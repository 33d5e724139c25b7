import {expect} from '@open-wc/testing';
import {uniformStream} from '../math/rng.js';
import {collate, IGNORE_INDEX} from './collate.js';

const _ = IGNORE_INDEX;
const rows = (flat: Int32Array, length: number): number[][] =>
  Array.from({length: flat.length / length}, (_, row) => [
    ...flat.subarray(row * length, (row + 1) * length),
  ]);

describe('collate', () => {
  it('gives the book’s example', () => {
    // Build a Large Language Model (From Scratch), chapter 7.3: inputs and targets of custom_collate_fn.
    const {tokens, labels} = collate([{ids: [0, 1, 2, 3, 4]}, {ids: [5, 6]}, {ids: [7, 8, 9]}], {
      endId: 50256,
    });
    expect(rows(tokens.ids, 5)).to.deep.equal([
      [0, 1, 2, 3, 4],
      [5, 6, 50256, 50256, 50256],
      [7, 8, 9, 50256, 50256],
    ]);
    expect(rows(labels, 5)).to.deep.equal([
      [1, 2, 3, 4, 50256],
      [6, 50256, _, _, _],
      [8, 9, 50256, _, _],
    ]);
  });

  it('learns nothing of what is given, and the first token after it', () => {
    const {labels, lengths} = collate(
      [
        {ids: [1, 2, 3, 4], given: 3},
        {ids: [5, 6], given: 2},
      ],
      {endId: 9},
    );
    expect(rows(labels, 4)).to.deep.equal([
      [_, _, 4, 9],
      [_, 9, _, _],
    ]);
    expect([...lengths]).to.deep.equal([4, 2]);
  });

  it('cuts what is longer than the context, and its last label is the token cut off', () => {
    const {tokens, labels} = collate([{ids: [1, 2, 3, 4]}, {ids: [5, 6, 7]}], {
      endId: 9,
      padId: 0,
      contextLength: 3,
    });
    expect(rows(tokens.ids, 3)).to.deep.equal([
      [1, 2, 3],
      [5, 6, 7],
    ]);
    expect(rows(labels, 3)).to.deep.equal([
      [2, 3, 4],
      [6, 7, 9],
    ]);
  });

  it('asks for exactly the ids that come next, whatever the lengths', () => {
    const next = uniformStream(8);
    for (let i = 0; i < 200; i++) {
      const examples = Array.from({length: 1 + Math.floor(next() * 5)}, () => {
        const ids = Array.from({length: 1 + Math.floor(next() * 9)}, () => 1 + Math.floor(next() * 20));
        return {ids, given: Math.floor(next() * ids.length)};
      });
      const {tokens, labels} = collate(examples, {endId: 0, padId: 99});
      for (const [row, {ids, given}] of examples.entries()) {
        const learned = rows(labels, tokens.length)[row]!.filter((label) => label !== _);
        expect(learned).to.deep.equal([...ids, 0].slice(Math.max(1, given)));
        expect(rows(tokens.ids, tokens.length)[row]!.filter((id) => id !== 99)).to.deep.equal(ids);
      }
    }
  });

  it('refuses a batch of nothing', () => {
    expect(() => collate([], {endId: 0})).to.throw(RangeError);
    expect(() => collate([{ids: []}], {endId: 0})).to.throw(RangeError, 'at least one token');
  });
});
