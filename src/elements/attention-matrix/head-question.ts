/** The question of the attribute `exercise`: which token will this one look at most? */
import {html} from 'lit';
import {visibleToken} from '../../ui/base/format.js';
import type {Exercise} from '../../ui/views/exercise.js';
import {type AttentionData, headMatrix} from './attention-data.js';
import {asked, asking, weightText} from './attention-words.js';
import type {HeadChoice} from './choice.js';
import {strongestLink} from './head-pattern.js';

const OPTIONS = 4;

/** The token that is asked about: `wanted` where it has a choice, else the one with the strongest link to another. */
export function questionQuery(
  data: AttentionData,
  {layer, head}: HeadChoice,
  wanted?: number,
): number | undefined {
  if (wanted !== undefined && wanted > 0 && wanted < data.tokens.length) return wanted;
  const weights = data.weights[layer];
  const size = data.tokens.length;
  return weights && strongestLink(headMatrix(weights, head, size), size, data.causal)?.query;
}

/** The tokens that it looks at most, in the order of the text. */
export function headQuestion(
  data: AttentionData,
  {layer, head}: HeadChoice,
  query: number,
): Exercise | undefined {
  const {tokens, causal} = data;
  const weights = data.weights[layer];
  if (!weights) return undefined;
  const size = tokens.length;
  const row = headMatrix(weights, head, size).subarray(query * size, (query + 1) * size);
  const seen = Array.from({length: causal ? query + 1 : size}, (_, key) => key);
  const strongest = seen.sort((a, b) => row[b]! - row[a]!).slice(0, OPTIONS);
  const best = strongest[0]!;
  const options = strongest.toSorted((a, b) => a - b);
  return {
    question: html`Layer ${layer + 1}, head ${head + 1}: which token will ${asking(data, query)} look at most?`,
    options: options.map((key) => `${visibleToken(tokens[key]!)} (token ${key + 1})`),
    answer: options.indexOf(best),
    because: html`${asking(data, query)} gives ${best === query ? 'itself' : asked(data, best)}
      <span class="number">${weightText(row[best]!)}</span> of its attention.`,
  };
}

/** As much room as a question takes, for before there is one. */
export const ROOM_FOR_QUESTION: Exercise = {
  question: 'Layer 1, head 1: which token will ·kite look at most?',
  options: Array.from({length: OPTIONS}, (_, i) => `·kite (token ${i + 1})`),
  answer: 0,
  because: '',
};
