/** Reads what the three views show from a model. */
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel, tokenLabels} from '../../tokenizers/token-label.js';
import {openingOf} from '../../ui/base/text-field.js';
import type {OrderData, Outcome, PositionsData, SumData} from './position-data.js';

/** Of a model with more parameters than this, only the first positions are read. */
const MAX_WHOLE_TABLE = 4e6;
const MAX_POSITIONS = 128;
/** Characters of the corpus in a default text. */
const OPENING = 18;

/**
 * Pairs of texts with the same tokens, also as characters, and the same last one: only the order differs. The first is from
 * tiny-tales and asks who spoke: on the shipped model, 99.9 % of the probability moves with positions and 1.9 % without.
 * (“Man chased the dog” and “Dog chased the man” would not do: “Man” and “man” are different tokens.)
 */
const ORDERS = [
  [
    'One day Ben had a dog. Mia came up. "May I hold it?" asked',
    'One day Mia had a dog. Ben came up. "May I hold it?" asked',
  ],
  ['the man chased the dog.', 'the dog chased the man.'],
] as const;

/** The text whose sum is shown by default. */
export const defaultText = (excerpt: string): string => openingOf(excerpt, OPENING);

/**
 * Returns the two texts that are compared by default: the first pair whose tokens the model has and whose length it can read.
 * If there is none: the corpus's first words, and the same with two of them swapped.
 */
export function defaultOrders(
  model: LiveModel,
  {corpus, config}: Pick<ModelFacts, 'corpus' | 'config'>,
): readonly string[] {
  const fits = (text: string): boolean => {
    try {
      return model.encode(text).length <= config.contextLength;
    } catch {
      return false;
    }
  };
  const known = ORDERS.find((texts) => texts.every(fits));
  if (known) return known;
  const [first = '', second = '', ...rest] = defaultText(corpus.excerpt).split(' ');
  return [[first, second, ...rest].join(' '), [second, first, ...rest].join(' ')];
}

/** Reads what enters the first block for the tokens `ids` [T], and the two rows that it is the sum of. */
export async function readSum(
  model: LiveModel,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<SumData> {
  const trace = await model.trace({ids, want: ['embed', 'embed.*'], signal});
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    width: trace.embed!.shape.at(-1)!,
    token: trace['embed.token']!.data,
    position: trace['embed.position']!.data,
    sum: trace.embed!.data,
    step: model.step,
  };
}

/** Reads the position table; of a large model, its first rows. */
export async function readPositions(model: LiveModel, signal: AbortSignal): Promise<PositionsData> {
  const {config, parameters} = await model.ready;
  const {contextLength, embDim: width} = config;
  const whole = parameters <= MAX_WHOLE_TABLE;
  const length = whole ? contextLength : Math.min(contextLength, MAX_POSITIONS);
  const {data} = whole
    ? (await model.weights(['wpe.weight'])).get('wpe.weight')!
    : (await model.trace({ids: new Array(length).fill(0), want: ['embed.position'], signal}))[
        'embed.position'
      ]!;
  return {length, width, learned: data, contextLength, step: model.step};
}

/** Reads what the model computes at the last token of two texts, with positions and without. */
export async function readOrder(
  model: LiveModel,
  a: readonly number[],
  b: readonly number[],
  signal: AbortSignal,
): Promise<OrderData> {
  const {step} = model;
  const {nLayers} = (await model.ready).config;
  const run = async (ids: readonly number[], positions: boolean): Promise<Outcome> => {
    const want = ['probs', 'embed', 'h.*.resid_post'];
    const interventions = positions ? [] : [{at: 'embed.position', change: 'zero'} as const];
    const trace = await model.trace({ids, want, options: {interventions}, signal});
    const last = (name: string): Float32Array => {
      const {data, shape} = trace[name]!;
      return data.slice(data.length - shape.at(-1)!);
    };
    const after = Array.from({length: nLayers}, (_, n) => last(`h.${n}.resid_post`));
    return {
      ids,
      tokens: tokenLabels(model.tokenizer!, ids),
      probs: last('probs'),
      streams: [last('embed'), ...after],
    };
  };
  const both = (positions: boolean) => Promise.all([run(a, positions), run(b, positions)]);
  const [withPositions, without] = await Promise.all([both(true), both(false)]);
  const tokenizer = model.tokenizer!;
  return {with: withPositions, without, label: (id) => tokenLabel(tokenizer, id), step};
}
