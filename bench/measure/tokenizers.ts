/** Byte-pair encoding: one's own beside js-tiktoken, and its trainer beside one that counts everything anew. */
import {tinyTales} from '../../src/data/tiny-tales/index.js';
import {key, uniformStream} from '../../src/math/rng.js';
import {applyMerges} from '../../src/tokenizers/bpe/apply-merges.js';
import {BYTE_CHARACTERS, BYTE_ORDER, spellingOfBytes} from '../../src/tokenizers/bpe/bytes.js';
import {pieces} from '../../src/tokenizers/bpe/pieces.js';
import {BytePairTokenizer} from '../../src/tokenizers/bpe/tokenizer.js';
import {trainBPE} from '../../src/tokenizers/bpe/train.js';
import {loadTiktoken, type TiktokenTokenizer} from '../../src/tokenizers/tiktoken.js';
import {median, timed} from './timing.js';

const CHARACTERS = 1_000_000;
const ROUNDS = 7;
const MERGES = 1000;

/** Half tales of few words, half invented words of which most are rare, as in real text: seeded, so always the same. */
function text(): string {
  const next = uniformStream(key(1));
  const letters = 'etaoinshrdlucmwfgypbvk';
  const word = () =>
    Array.from(
      {length: 2 + Math.floor(next() * 8)},
      () => letters[Math.floor(next() ** 2 * letters.length)],
    ).join('');
  const words = Array.from({length: 40_000}, word);
  let invented = '';
  while (invented.length < CHARACTERS / 2) {
    const rank = Math.floor(words.length ** next()); // Zipf: the n-th word with a probability of about 1/n
    invented += words[rank - 1] + (next() < 0.1 ? '.\n' : next() < 0.1 ? ', ' : ' ');
  }
  return (
    tinyTales()
      .text.repeat(2)
      .slice(0, CHARACTERS / 2) + invented
  ).slice(0, CHARACTERS);
}

/** GPT-2's merges out of its tokens: a token's parts are what its bytes become by the merges before it. */
function gpt2Merges(gpt2: TiktokenTokenizer): BytePairTokenizer {
  const size = gpt2.vocabSize - gpt2.specialTokens.size;
  const vocab = Array.from({length: size}, (_, id) => spellingOfBytes(gpt2.bytes(id)));
  const ids = new Map(vocab.map((token, id) => [token, id]));
  const merges = vocab.slice(BYTE_ORDER.length).map((token, rank) => {
    const before = (id: number | undefined) =>
      id !== undefined && id < BYTE_ORDER.length + rank ? id : undefined;
    const parts = applyMerges(
      Array.from(token, (character) => BYTE_CHARACTERS.indexOf(character)),
      {rank: (first, second) => before(ids.get(vocab[first]! + vocab[second]!)), merged: (id) => id},
    );
    return parts.map((id) => vocab[id]).join(' ');
  });
  return new BytePairTokenizer({kind: 'bpe', vocab, merges, specialTokens: []});
}

/** Byte-pair encoding as it is first explained: at every merge all pairs of all different pieces are counted anew. */
function rescan(corpus: string, merges: number): string[] {
  const counts = new Map<string, number>();
  for (const piece of pieces(corpus)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  const encoder = new TextEncoder();
  let words = Array.from(counts, ([piece, count]) => ({
    ids: Array.from(encoder.encode(piece), (byte) => BYTE_ORDER.indexOf(byte)),
    count,
  }));
  const vocab = [...BYTE_CHARACTERS];
  const learned: string[] = [];
  while (learned.length < merges) {
    const pairs = new Map<number, number>();
    for (const {ids, count} of words)
      for (let i = 0; i + 1 < ids.length; i++) {
        const pair = ids[i]! * 2 ** 20 + ids[i + 1]!;
        pairs.set(pair, (pairs.get(pair) ?? 0) + count);
      }
    let best = -1;
    let most = 1;
    for (const [pair, count] of pairs)
      if (count > most || (count === most && most > 1 && pair < best)) [best, most] = [pair, count];
    if (best < 0) break;
    const [first, second] = [Math.floor(best / 2 ** 20), best % 2 ** 20];
    const made = vocab.push(vocab[first]! + vocab[second]!) - 1;
    learned.push(`${vocab[first]} ${vocab[second]}`);
    words = words.map(({ids, count}) => {
      const merged: number[] = [];
      for (let i = 0; i < ids.length; i++)
        if (ids[i] === first && ids[i + 1] === second) {
          merged.push(made);
          i++;
        } else merged.push(ids[i]!);
      return {ids: merged, count};
    });
  }
  return learned;
}

async function measureTokenizers({quick}: {quick: boolean}) {
  const corpus = text();
  const gpt2 = await loadTiktoken('gpt2');
  const own = gpt2Merges(gpt2);
  const spec = own.spec;
  const wanted = gpt2.encode(corpus);
  const same = own.encode(corpus).every((id, i) => id === wanted[i]);
  if (!same) return {void: 'the two encoders give different ids'};

  const times: {bpe: number; jsTiktoken: number}[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = new BytePairTokenizer(spec); // nothing remembered from the round before
    times.push({
      bpe: await timed(() => fresh.encode(corpus)),
      jsTiktoken: await timed(() => gpt2.encode(corpus)),
    });
  }
  const run = 'a'.repeat(5000);
  const longRun = {
    bpe: await timed(() => own.encode(run)),
    jsTiktoken: await timed(() => gpt2.encode(run)),
  };

  const trainings: number[] = [];
  let merges: string[] = [];
  for (let round = 0; round < ROUNDS; round++)
    trainings.push(
      await timed(async () => {
        merges = (await trainBPE(corpus, {merges: MERGES})).spec.merges;
      }),
    );
  const rescans: number[] = [];
  for (let round = 0; round < (quick ? 0 : 2); round++) {
    let theirs: string[] = [];
    rescans.push(
      await timed(() => {
        theirs = rescan(corpus, MERGES);
      }),
    );
    if (String(theirs) !== String(merges)) return {void: 'the two trainers learn different merges'};
  }
  return {
    megabytes: new TextEncoder().encode(corpus).length / 1e6,
    tokens: wanted.length,
    encode: {
      bpe: median(times.map(({bpe}) => bpe)),
      jsTiktoken: median(times.map(({jsTiktoken}) => jsTiktoken)),
      speedup: median(times.map(({bpe, jsTiktoken}) => jsTiktoken / bpe)),
      rounds: times,
    },
    longRun,
    // The best of each: what the machine can, not what else it did meanwhile.
    train: Math.min(...trainings),
    rescan: quick ? undefined : Math.min(...rescans),
    trainings,
    rescans,
    merges: merges.length,
  };
}

Object.assign(globalThis, {measureTokenizers});
