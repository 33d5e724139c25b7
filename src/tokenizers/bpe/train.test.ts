import {expect} from '@open-wc/testing';
import {uniformStream} from '../../math/rng.js';
import golden from '../golden/bpe.json';
import {pieces} from './pieces.js';
import type {BytePairTokenizer} from './tokenizer.js';
import {trainBPE} from './train.js';
import {BpeTrainer} from './trainer.js';

const spelled = ({spec}: BytePairTokenizer) => spec.merges;

describe('trainBPE', () => {
  it('learns the merges of Hugging Face’s trainer in their order, ties included', async () => {
    const theirs = golden.tokenizerJson.model.merges.map((pair) => pair.join(' '));
    const merges = theirs.length + 10; // both end where no two tokens are left to merge
    const tokenizer = await trainBPE(golden.corpus, {merges, minFrequency: 1});
    expect(spelled(tokenizer)).to.deep.equal(theirs);
    expect(tokenizer.vocabSize).to.equal(256 + theirs.length);
  });

  it('learns what a recount of the whole text at every merge learns', async () => {
    const next = uniformStream(3);
    for (let round = 0; round < 40; round++) {
      const text = Array.from({length: 200}, () => 'aab c\n'[Math.floor(next() * 6)]).join('');
      const tokenizer = await trainBPE(text, {merges: 30});
      expect(spelled(tokenizer), text).to.deep.equal(recounted(text, 30));
    }
  });

  it('prefers smaller ids among equally frequent pairs', async () => {
    // “ab”, “cd” and “bc” stand twice each; a's id is the smallest
    expect(spelled(await trainBPE('abcd abcd', {merges: 1}))).to.deep.equal(['a b']);
    // “aa” stands three times in each run, overlaps counted, and is merged from the left
    expect(spelled(await trainBPE('aaaa aaaa', {merges: 2}))).to.deep.equal(['a a', 'aa aa']);
  });

  it('says how many tokens the text has after each merge', async () => {
    const text = golden.corpus.slice(0, 3000);
    const counts: number[] = [];
    await trainBPE(text, {merges: 40, onMerge: ({tokens}) => counts.push(tokens)});
    expect(counts).to.have.length(40);
    for (const merges of [1, 17, 40])
      expect((await trainBPE(text, {merges})).encode(text)).to.have.length(counts[merges - 1]!);
  });

  it('ends where no pair is frequent enough', async () => {
    expect(spelled(await trainBPE('the cat', {merges: 50}))).to.deep.equal([]);
    expect(spelled(await trainBPE('', {merges: 5}))).to.deep.equal([]);
    expect(spelled(await trainBPE('hat hat', {merges: 50}))).to.deep.equal(['a t', 'h at']);
  });

  it('gives special tokens the last ids and does not learn from their names', async () => {
    const tokenizer = await trainBPE('a b a b', {merges: 2, specialTokens: ['<|endoftext|>']});
    expect(tokenizer.specialTokens.get('<|endoftext|>')).to.equal(tokenizer.vocabSize - 1);
    const error = await trainBPE('hat hat', {merges: 5, specialTokens: ['hat']}).catch((e: Error) => e);
    expect((error as Error).message).to.contain('“hat” comes twice');
  });

  it('tells how far it is, and stops when asked to', async () => {
    const phases = new Set<string>();
    const text = Array.from({length: 60_000}, (_, i) => `w${i * 7919}`).join(' ');
    const ending = new AbortController();
    const error = await trainBPE(text, {
      merges: 5000,
      signal: ending.signal,
      onProgress: ({phase, done, total}) => {
        phases.add(phase);
        expect(done).to.be.at.most(total);
        if (phase === 'merging') ending.abort();
      },
    }).catch((e: Error) => e);
    expect((error as Error).name).to.equal('AbortError');
    expect([...phases]).to.deep.equal(['reading', 'merging']);
  });

  it('refuses a number of merges that is none', async () => {
    for (const merges of [-1, 1.5, Number.NaN, 1e9]) {
      const error = await trainBPE('abc', {merges}).catch((e: Error) => e);
      expect(error, String(merges)).to.be.instanceOf(RangeError);
    }
  });
});

describe('BpeTrainer', () => {
  it('shows the pairs at the top, the next merge first, and leaves them there', () => {
    const trainer = new BpeTrainer(
      new Map([
        ['hat', 5],
        ['cat', 3],
        ['hut', 2],
      ]),
    );
    const top = trainer.topPairs(3);
    const [a, t, h] = ['a', 't', 'h'].map((letter) => trainer.vocab.indexOf(letter));
    expect(top[0]).to.deep.equal({first: a, second: t, count: 8});
    expect(top[1]).to.deep.equal({first: h, second: a, count: 5});
    expect(trainer.topPairs(3)).to.deep.equal(top);
    expect(trainer.step()).to.deep.include(top[0]);
    expect(trainer.topPairs(1)).to.deep.equal([{first: h, second: 256, count: 5}]);
    expect(trainer.vocab[256]).to.equal('at');
    expect(new BpeTrainer(new Map([['hat', 1]])).topPairs(3), 'too rare to be merged').to.deep.equal([]);
  });
});

/** Byte-pair encoding as it is explained: count all pairs, merge the most frequent one everywhere, begin again. */
function recounted(text: string, merges: number): string[] {
  let words = Array.from(pieces(text), (piece) =>
    Array.from(piece.replaceAll(' ', 'Ġ').replaceAll('\n', 'Ċ')),
  );
  const ids = [...'abc', 'Ċ', 'Ġ']; // in the order of their ids
  const learned: string[] = [];
  while (learned.length < merges) {
    const counts = new Map<string, number>();
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++) {
        const pair = `${word[i]} ${word[i + 1]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    const order = ([pair, count]: [string, number]) => [
      -count,
      ...pair.split(' ').map((part) => ids.indexOf(part)),
    ];
    const [best] = [...counts].sort((a, b) => {
      const [x, y] = [order(a), order(b)];
      return x[0]! - y[0]! || x[1]! - y[1]! || x[2]! - y[2]!;
    });
    if (!best || best[1] < 2) break;
    const [first, second] = best[0].split(' ');
    words = words.map((word) => {
      const merged: string[] = [];
      for (let i = 0; i < word.length; i++)
        if (word[i] === first && word[i + 1] === second) merged.push(first! + word[++i]!);
        else merged.push(word[i]!);
      return merged;
    });
    if (!ids.includes(first! + second!)) ids.push(first! + second!);
    learned.push(best[0]);
  }
  return learned;
}
