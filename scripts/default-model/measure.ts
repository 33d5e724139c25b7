/** What is said of the default model in its card, measured on tales and words that it has not seen. */
import {slice, tidy} from '@tensorflow/tfjs-core';
import {PRONOUNS} from '../../src/data/tiny-tales/grammar.js';
import {logProbability, tellStory} from '../../src/data/tiny-tales/index.js';
import {taleLinks} from '../../src/data/tiny-tales/links.js';
import {
  attentionPatterns,
  linkScore,
  type PatternScore,
  poolScores,
} from '../../src/math/attention-patterns.js';
import {key, permutation, uniformStream} from '../../src/math/rng.js';
import {forward} from '../../src/model/gpt.js';
import type {Intervention} from '../../src/model/interventions.js';
import type {Tokenizer} from '../../src/tokenizers/tokenizer.js';
import {candidates, choose} from '../../src/training/sample.js';
import type {TrainingSession} from '../../src/training/session.js';
import {SONG_WORDS} from './training-text.js';

/** The seed of the tales that a page learns from by default. The model is trained on another one. */
const UNSEEN = 1;
const BATCH = 25;

export interface TaleLoss {
  tales: number;
  tokens: number;
  /** Mean cross-entropy of the model, nats per token: each tale by itself, from its first word to its line end. */
  loss: number;
  /** The same of the grammar that told them: no reader can expect to do better. */
  floor: number;
}

type Model = {session: TrainingSession; tokenizer: Tokenizer};

type Head = {layer: number; head: number};

interface LogitsOptions {
  /** This place only. */
  at?: number;
  /** Heads that pass nothing on. */
  ablated?: readonly Head[];
}

/** Returns the interventions that switch heads off. */
const silence = (heads: readonly Head[] = []): Intervention[] =>
  heads.map(({layer, head}) => ({at: `h.${layer}.attn.context`, head, change: 'zero'}));

/** Logits of B sequences of T ids, [B, T, V], or of one place. */
async function logitsOf(
  {session}: Model,
  rows: readonly number[][],
  {at, ablated}: LogitsOptions = {},
): Promise<Float32Array> {
  const {config, arenas} = session;
  const [batchSize, length] = [rows.length, rows[0]!.length];
  const ids = Int32Array.from(rows.flat());
  const logits = tidy(() => {
    const all = forward(
      arenas.weights(),
      config,
      {ids, batchSize, length},
      {interventions: silence(ablated)},
    );
    return at === undefined ? all : slice(all, [0, at, 0], [batchSize, 1, config.vocabSize]);
  });
  const data = (await logits.data()) as Float32Array;
  logits.dispose();
  return data;
}

/** −ln of the share that softmax gives to one entry. */
function surprise(logits: Float32Array, id: number): number {
  const largest = logits.reduce((a, b) => Math.max(a, b));
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Math.log(sum) + largest - logits[id]!;
}

export async function taleLoss(model: Model, tales: number): Promise<TaleLoss> {
  const {vocabSize} = model.session.config;
  const [lineEnd] = model.tokenizer.encode('\n') as [number];
  let [loss, floor, tokens] = [0, 0, 0];
  for (let start = 0; start < tales; start += BATCH) {
    const texts = Array.from({length: Math.min(BATCH, tales - start)}, (_, i) =>
      tellStory(UNSEEN, start + i),
    );
    // A line end before the first word; behind the last one more of them, which no earlier place can see.
    const rows = texts.map((text) => [lineEnd, ...model.tokenizer.encode(text)]);
    const longest = Math.max(...rows.map((row) => row.length));
    const padded = rows.map((row) => [...row, ...Array<number>(longest - row.length).fill(lineEnd)]);
    const logits = await logitsOf(model, padded);
    for (const [b, row] of rows.entries())
      for (let t = 0; t + 1 < row.length; t++) {
        const from = (b * longest + t) * vocabSize;
        loss += surprise(logits.subarray(from, from + vocabSize), row[t + 1]!);
        tokens++;
      }
    for (const text of texts) floor -= logProbability(text);
  }
  return {tales, tokens, loss: loss / tokens, floor: floor / tokens};
}

export interface Written {
  temperature: number;
  tales: number;
  /** How many of them the grammar could have told, word for word. */
  grammatical: number;
  /** How many of all their words tiny-tales knows. */
  knownWords: number;
  words: number;
  examples: string[];
}

/** Lets the model write tales, each from a line end to the next. */
export async function write(model: Model, tales: number, temperature: number): Promise<Written> {
  const {contextLength, vocabSize} = model.session.config;
  const [lineEnd] = model.tokenizer.encode('\n') as [number];
  const next = uniformStream(key(7, tales, Math.round(100 * temperature)));
  const rows = Array.from({length: tales}, () => [lineEnd]);
  while (rows.some((row) => row.length === 1 || row.at(-1) !== lineEnd) && rows[0]!.length < contextLength) {
    const last = rows[0]!.length - 1;
    for (let start = 0; start < tales; start += BATCH) {
      const part = rows.slice(start, start + BATCH);
      const logits = await logitsOf(model, part, {at: last});
      for (const [b, row] of part.entries()) {
        const ended = row.length > 1 && row.at(-1) === lineEnd;
        const scores = logits.subarray(b * vocabSize, (b + 1) * vocabSize);
        row.push(ended ? lineEnd : choose(candidates(scores, {temperature}), next()).id);
      }
    }
  }
  const texts = rows.map((row) => model.tokenizer.decode(row).trim());
  const known = new Set(SONG_WORDS);
  const words = texts.flatMap((text) => text.match(/[A-Za-z]+/g) ?? []);
  return {
    temperature,
    tales,
    grammatical: texts.filter((text) => Number.isFinite(logProbability(text))).length,
    knownWords: words.filter((word) => known.has(word)).length,
    words: words.length,
    examples: texts.slice(0, 5),
  };
}

export interface HeadScores {
  layer: number;
  head: number;
  /** On tales: the patterns of `attentionPatterns`, and the links of `taleLinks`. */
  tales: Record<string, PatternScore>;
  /** On random words that are said twice, where an induction head has its work: scores of the second round. */
  repeated: Record<string, PatternScore>;
  /** Mean share of an even spread's entropy, on tales. */
  evenness: number;
}

const REPEATED_WORDS = 20;

/** What each head does, on unseen tales and on random words said twice. */
export async function headScores(model: Model, tales: number, repeated: number): Promise<HeadScores[]> {
  const {nLayers, nHeads} = model.session.config;
  type Samples = {
    tales: Record<string, (PatternScore | undefined)[]>;
    repeated: Samples['tales'];
    evenness: number;
  };
  const heads = Array.from(
    {length: nLayers * nHeads},
    (): Samples => ({tales: {}, repeated: {}, evenness: 0}),
  );
  const each = async (ids: number[], look: (probs: Float32Array, head: Samples) => void) => {
    const trace = await model.session.trace(ids, ['h.*.attn.probs']);
    const size = ids.length ** 2;
    for (let layer = 0; layer < nLayers; layer++) {
      const {data} = trace.get(`h.${layer}.attn.probs`)!; // [H, T, T]
      for (let head = 0; head < nHeads; head++)
        look(data.subarray(head * size, (head + 1) * size), heads[layer * nHeads + head]!);
    }
  };
  const add = (to: Samples['tales'], scores: Record<string, PatternScore | undefined>) => {
    for (const [name, score] of Object.entries(scores)) (to[name] ??= []).push(score);
  };
  for (let tale = 0; tale < tales; tale++) {
    const ids = model.tokenizer.encode(tellStory(UNSEEN, tale).trim());
    const links = taleLinks(ids.map((id) => model.tokenizer.token(id)));
    await each(ids, (probs, head) => {
      const {scores, evenness} = attentionPatterns(probs, ids);
      head.evenness += evenness / tales;
      add(head.tales, scores);
      for (const [name, those] of Object.entries(links))
        add(head.tales, {[name]: linkScore(probs, ids.length, those)});
    });
  }
  for (let index = 0; index < repeated; index++) {
    const drawn = permutation(SONG_WORDS.length, key(11, index)).slice(0, REPEATED_WORDS);
    const words = Array.from(drawn, (word) => ` ${SONG_WORDS[word]}`).join('');
    const ids = model.tokenizer.encode(words + words);
    await each(ids, (probs, head) => {
      const {induction, duplicate, previous} = attentionPatterns(probs, ids).scores;
      add(head.repeated, {induction, duplicate, previous});
    });
  }
  const pooled = (samples: Samples['tales']) =>
    Object.fromEntries(
      Object.entries(samples).flatMap(([name, scores]) => {
        const score = poolScores(scores);
        return score ? [[name, score]] : [];
      }),
    );
  return heads.map((samples, i) => ({
    layer: Math.floor(i / nHeads),
    head: i % nHeads,
    tales: pooled(samples.tales),
    repeated: pooled(samples.repeated),
    evenness: samples.evenness,
  }));
}

/** How a model tells “she” from “he” where a pronoun of a tale follows. */
export interface PronounChoice {
  /** How often it gives the right one more than its counterpart. */
  right: number;
  /** Mean of the right one's share of both. */
  share: number;
}

export interface Pronouns {
  tales: number;
  /** Pronouns whose hero has been named. */
  count: number;
  whole: PronounChoice;
  /** The same with one head silenced, a head each. */
  silenced: (Head & PronounChoice)[];
}

/** “She” for “He”, “her” for “him”, and the other way round. */
const COUNTERPART = new Map(
  Object.values(PRONOUNS).flatMap(([she, he]) => [[she, he] as const, [he, she] as const]),
);

/** What each head matters to the pronouns of unseen tales. */
export async function pronouns(model: Model, tales: number): Promise<Pronouns> {
  const {nLayers, nHeads, vocabSize} = model.session.config;
  const heads: Head[] = Array.from({length: nLayers * nHeads}, (_, i) => ({
    layer: Math.floor(i / nHeads),
    head: i % nHeads,
  }));
  const settings: (readonly Head[])[] = [[], ...heads.map((head) => [head])];
  const sums = settings.map((): PronounChoice => ({right: 0, share: 0}));
  let count = 0;
  for (let tale = 0; tale < tales; tale++) {
    const ids = model.tokenizer.encode(tellStory(UNSEEN, tale).trim());
    const tokens = ids.map((id) => model.tokenizer.token(id));
    const choices = taleLinks(tokens).pronoun.map(({query}) => {
      const right = ids[query + 1]!;
      const word = tokens[query + 1]!.trim();
      const [other] = model.tokenizer.encode(tokens[query + 1]!.replace(word, COUNTERPART.get(word)!)) as [
        number,
      ];
      return {from: query * vocabSize, right, other};
    });
    if (!choices.length) continue;
    count += choices.length;
    for (const [i, ablated] of settings.entries()) {
      const logits = await logitsOf(model, [ids], {ablated});
      for (const {from, right, other} of choices) {
        const share = 1 / (1 + Math.exp(logits[from + other]! - logits[from + right]!));
        sums[i]!.share += share;
        if (share > 0.5) sums[i]!.right++;
      }
    }
  }
  const [whole, ...silenced] = sums.map(({right, share}) => ({right, share: share / count}));
  return {tales, count, whole: whole!, silenced: heads.map((head, i) => ({...head, ...silenced[i]!}))};
}
