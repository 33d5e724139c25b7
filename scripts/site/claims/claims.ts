/**
 * What the chapters say about the model that comes trained, and only the model itself can tell. Each claim quotes its sentence, so that the
 * test fails both where the model no longer bears it out and where the sentence was edited without its claim.
 */
import {join} from 'node:path';
import record from '../../../docs/results/default-model.json';
import {type Kind, LISTS} from '../../../src/data/tiny-tales/words.js';
import {ACTIVATIONS} from '../../../src/math/activations.js';
import type {Intervention} from '../../../src/model/interventions.js';
import {type Guess, ShippedModel} from './shipped-model.js';

export interface Claim {
  chapter: string;
  /** The words of the chapter, without tags and emphasis. */
  says: string;
  /** Returns what was measured, and whether it bears the sentence out. */
  check(model: ShippedModel): Promise<{holds: boolean; measured: string}>;
}

const SWEET = 'Amy got a big sweet';
const PARK = 'Ben had a red ball in the park.';
const KITE = 'Mia had a red kite. She took the kite to';
const {toy: TOYS, food: FOODS} = LISTS.thing as Readonly<Record<Kind, readonly string[]>>;

const zero = (at: string, head?: number): Intervention => ({at, head, change: 'zero'});
const skip = (...places: string[]): Intervention[] => places.map((at) => ({at, change: 'skip'}));
const PRONOUN_HEAD = zero('h.0.attn.context', 1);

const near = (value: number, expected: number, tolerance: number): boolean =>
  Math.abs(value - expected) <= tolerance;
const of = (guesses: readonly Guess[], token: string): number =>
  guesses.find((guess) => guess.token === token)!.probability;
const inWords = (guesses: readonly Guess[]): string =>
  guesses
    .slice(0, 6)
    .map(({token, probability}) => `“${token}” ${probability.toFixed(3)}`)
    .join(', ');
const firsts = (guesses: readonly Guess[], count: number): string[] =>
  guesses.slice(0, count).map(({token}) => token);
const size = (row: Float32Array): number => row.reduce((sum, x) => sum + Math.abs(x), 0) / row.length;

/** A claim about what comes after a text. */
const guessing = (
  chapter: string,
  says: string,
  text: string,
  interventions: readonly Intervention[],
  holds: (guesses: readonly Guess[]) => boolean,
): Claim => ({
  chapter,
  says,
  async check(model) {
    const guesses = await model.guesses(text, interventions);
    return {holds: holds(guesses), measured: inWords(guesses)};
  },
});

/** Heads that show a pattern most, by the record of the model. */
const strongest = (text: 'tales' | 'repeated', pattern: 'pronoun' | 'previous' | 'induction') =>
  record.heads.reduce((best, head) => {
    const score = (one: typeof head): number =>
      (one[text] as Record<string, {score: number} | undefined>)[pattern]!.score;
    return score(head) > score(best) ? head : best;
  });

const languageModel: Claim[] = [
  guessing('what-it-is', 'the bars are tiny', 'The capital of France is', [], ([first]) => first!.probability < 0.1), // biome-ignore format: one line
  guessing('what-it-is', 'After “hid”, it is mostly “the”.', 'Mia had a red kite. She hid', [], ([first]) => first!.token === ' the' && first!.probability > 0.6), // biome-ignore format: one line
  guessing('what-it-is', 'it is “kite”, with a probability above 0.99', 'Mia had a red kite. She hid the', [], ([first]) => first!.token === ' kite' && first!.probability > 0.99), // biome-ignore format: one line
  {
    chapter: 'what-it-is',
    says: 'More certain, each time.',
    async check(model) {
      const texts = ['', ' hid', ' hid the'].map((end) => `Mia had a red kite. She${end}`);
      const [a, b, c] = await Promise.all(
        texts.map(async (text) => (await model.guesses(text))[0]!.probability),
      );
      return {holds: a! < b! && b! < c!, measured: `${a}, ${b}, ${c}`};
    },
  },
  {
    chapter: 'what-it-is',
    says: 'give each of six toys one chance in six',
    async check() {
      return {holds: TOYS.length === 6, measured: TOYS.join(', ')};
    },
  },
];

const attention: Claim[] = [
  {
    chapter: 'attention',
    says: 'Of all the keys, that of “Mia” matches best',
    async check(model) {
      const text = 'Mia took the red ball. She';
      const rows = await model.rows(text, 'h.1.attn.probs');
      const weights = [...rows[model.tokenizer.encode(text).length - 1]!];
      return {holds: weights.indexOf(Math.max(...weights)) === 0, measured: weights.join(', ')};
    },
  },
  guessing('attention', 'After this sentence, the model expects “He”.', PARK, [], ([first]) => first!.token === ' He'), // biome-ignore format: one line
  guessing('attention', 'Silence head 2 of layer 1, and Ben becomes a “She”.', PARK, [PRONOUN_HEAD], (guesses) => guesses[0]!.token === ' She' && of(guesses, ' He') < 0.1), // biome-ignore format: one line
  {
    chapter: 'attention',
    says: 'Without this one head, it is right',
    async check() {
      const {layer, head} = record.pronouns.silenced.reduce((a, b) => (b.right < a.right ? b : a));
      return {holds: layer === 0 && head === 1, measured: `most is lost without ${layer}.${head}`};
    },
  },
  {
    chapter: 'attention',
    says: 'It is the pronoun head again',
    async check() {
      const [previous, pronoun] = [strongest('repeated', 'previous'), strongest('tales', 'pronoun')];
      const places = [previous, pronoun].map(({layer, head}) => `${layer}.${head}`);
      return {holds: places.every((place) => place === '0.1'), measured: places.join(', ')};
    },
  },
  {
    chapter: 'attention',
    says: 'look at the heads of layer 2',
    async check() {
      const {layer, repeated} = strongest('repeated', 'induction');
      const {score} = repeated.induction!;
      return {holds: layer === 1 && score > 0.5, measured: `layer ${layer}, ${score}`};
    },
  },
];

const block: Claim[] = [
  guessing('inside-the-gpt', 'a bun, a pie, a plum', SWEET, [], (guesses) => firsts(guesses, 3).join() === ' bun, pie, plum'), // biome-ignore format: one line
  guessing('inside-the-gpt', 'The first changes little.', SWEET, [0, 1, 2, 3].map((head) => zero('h.1.attn.context', head)), (guesses) => firsts(guesses, 6).every((token) => FOODS.includes(token.trim()))), // biome-ignore format: one line
  guessing('inside-the-gpt', 'The second leaves the model unsure of nearly everything', SWEET, [PRONOUN_HEAD], ([first]) => first!.probability < 0.1), // biome-ignore format: one line
  guessing('inside-the-gpt', 'the third makes it say “drum”', SWEET, [zero('h.0.mlp.out')], ([first]) => first!.token === ' drum'), // biome-ignore format: one line
  {
    chapter: 'inside-the-gpt',
    says: '“bun” stays first, and even gets twice the probability',
    async check(model) {
      const [all, without] = await Promise.all([
        model.guesses(SWEET),
        model.guesses(SWEET, [zero('h.1.mlp.out')]),
      ]);
      const ratio = of(without, ' bun') / of(all, ' bun');
      return {holds: without[0]!.token === ' bun' && near(ratio, 2, 0.2), measured: `${ratio} times`};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'most of what the stream holds came from attention',
    async check(model) {
      const [before, added] = [await model.rows(SWEET, 'embed'), await model.rows(SWEET, 'h.0.attn.out')];
      const [from, to] = [size(before.at(-1)!), size(added.at(-1)!)];
      return {holds: to > 2 * from, measured: `${from} before, ${to} added`};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'its numbers are around 0.1. When the last part reads it, they are around 3.5.',
    async check(model) {
      const [first, last] = [await model.rows(SWEET, 'embed'), await model.rows(SWEET, 'h.1.resid_post')];
      const [small, large] = [size(first.at(-1)!), size(last.at(-1)!)];
      return {holds: near(small, 0.1, 0.03) && near(large, 3.5, 0.3), measured: `${small}, ${large}`};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'its first guess after “sweet” is a letter, and it is far more surprised by each next word: its loss, which chapter 5 explains, is more than three times as high',
    async check(model) {
      const norms = skip('h.*.ln_1', 'h.*.ln_2', 'ln_f');
      const [first] = await model.guesses(SWEET, norms);
      const ratio = (await model.loss(SWEET, norms)) / (await model.loss(SWEET));
      return {
        holds: /^ ?\p{L}$/u.test(first!.token) && ratio > 3,
        measured: `“${first!.token}”, ${ratio} times`,
      };
    },
  },
  guessing('inside-the-gpt', 'would say “it” after “sweet”', SWEET, skip('h.*.mlp.hidden'), ([first]) => first!.token === ' it'), // biome-ignore format: one line
];

const parts: Claim[] = [
  {
    chapter: 'inside-the-gpt',
    says: 'Unit 101 of block 2 fires for “sweet”, “fresh” and “hot”',
    async check(model) {
      const values = ['sweet', 'fresh', 'hot', 'red', 'tiny'].map(
        async (look) => (await model.rows(`Amy got a ${look}`, 'h.1.mlp.hidden')).at(-1)![100]!,
      );
      const [sweet, fresh, hot, ...others] = await Promise.all(values);
      const least = Math.min(sweet!, fresh!, hot!);
      return {holds: least > 1.5 && least > 2 * Math.max(...others), measured: `${least} against ${others}`};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'makes food likelier: cake, plum, bun',
    async check(model) {
      const {embDim, vocabSize} = model.config;
      const written = model.weight('h.1.mlp.c_proj.weight').data.slice(100 * embDim, 101 * embDim);
      const [gamma, wte] = [model.weight('ln_f.weight').data, model.weight('wte.weight').data];
      const logits = Float32Array.from({length: vocabSize}, (_, id) =>
        written.reduce((sum, x, c) => sum + x * gamma[c]! * wte[id * embDim + c]!, 0),
      );
      const most = model
        .ranked(logits)
        .slice(0, 3)
        .map(([id]) => model.tokenizer.decode([id]));
      return {holds: most.join() === ' cake, plum, bun', measured: most.join()};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'Four of five numbers are below 0',
    async check(model) {
      const values = [0, 1].map(async (layer) => {
        const all = (await model.rows(SWEET, `h.${layer}.mlp.pre`)).flatMap((row) => [...row]);
        return all.filter((x) => x < 0).length / all.length;
      });
      const shares = await Promise.all(values);
      return {holds: shares.every((share) => near(share, 0.8, 0.05)), measured: shares.join(', ')};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'never differ by more than 0.0005',
    async check() {
      const differences = Array.from({length: 16_001}, (_, i) => {
        const x = (i - 8000) / 1000;
        return Math.abs(ACTIVATIONS.gelu.value(x) - ACTIVATIONS['gelu-exact'].value(x));
      });
      const most = Math.max(...differences);
      return {holds: most < 0.0005, measured: `${most}`};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'The slope of GELU at −3 is about −0.01',
    async check() {
      const slope = ACTIVATIONS.gelu.slope(-3);
      return {holds: near(slope, -0.01, 0.005), measured: `${slope}`};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'The first row is odd: it mostly repeats the text.',
    async check(model) {
      const tokens = model.tokenizer.encode(KITE).map((id) => model.tokenizer.decode([id]));
      const first = await model.firstGuesses(KITE, 'embed');
      const same = first.filter((guess, t) => guess === tokens[t]).length;
      return {holds: same > 0.8 * tokens.length, measured: `${same} of ${tokens.length}`};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'the model wavers between “She” and a quotation mark, and the last part decides',
    async check(model) {
      const guesses = ['h.0.resid_post', 'h.1.resid_mid', 'h.1.resid_post'].map(
        async (at) => (await model.firstGuesses(KITE, at))[5],
      );
      const measured = (await Promise.all(guesses)).join();
      return {holds: measured === ' She, ", She', measured};
    },
  },
  {
    chapter: 'inside-the-gpt',
    says: 'After “the kite”, one block is enough.',
    async check(model) {
      const [early, late] = await Promise.all(
        ['h.0.resid_post', 'h.1.resid_post'].map(async (at) => (await model.firstGuesses(KITE, at))[9]),
      );
      return {holds: early === late, measured: `${early},${late}`};
    },
  },
];

export const CLAIMS: readonly Claim[] = [...languageModel, ...attention, ...block, ...parts];

/** @param root the repository's folder */
export const loadModel = (root: string): Promise<ShippedModel> =>
  ShippedModel.load(join(root, 'src/engine/tiny-tales.safetensors'));
