/** The attribute `exercise`: which token will this one look at most? */
import {html, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {visibleToken} from '../../../ui/base/format.js';
import {Memo} from '../../../ui/base/memo.js';
import {type Exercise, ExerciseController} from '../../../ui/views/exercise.js';
import {type AttentionData, headMatrix} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import {keyToken, queryToken, weightText} from '../view/attention-words.js';
import {strongestLink} from './head-pattern.js';

const OPTIONS = 4;

/** Asks about one row of the head on show, and hides it until the reader has answered. */
export class HeadExercise {
  #query?: number;
  readonly #askedAbout = new Memo();
  readonly #exercise: ExerciseController;

  constructor(host: ReactiveControllerHost & HTMLElement & {exercise: boolean}) {
    this.#exercise = new ExerciseController(host);
  }

  /** Returns the row to hide; undefined once it is answered. It stays the same for each head and text. */
  hiddenRow(data: AttentionData, chosen: HeadChoice, wanted?: number): number | undefined {
    const about = `${chosen.layer}.${chosen.head} ${data.tokens.join('')}`;
    if (this.#askedAbout.changed(about)) this.#query = questionQuery(data, chosen, wanted);
    return this.#exercise.open(about) ? this.#query : undefined;
  }

  render(data: AttentionData, chosen: HeadChoice): TemplateResult | undefined {
    const question = this.#query === undefined ? undefined : headQuestion(data, chosen, this.#query);
    return question && this.#exercise.render(question);
  }

  /** Reserves the room of a question. */
  renderPlaceholder(): TemplateResult | undefined {
    return this.#exercise.render(PLACEHOLDER);
  }
}

/** Returns the row that is asked about: `wanted` if it has a choice, else the one with the strongest link to another token. */
function questionQuery(data: AttentionData, {layer, head}: HeadChoice, wanted?: number): number | undefined {
  if (wanted !== undefined && wanted > 0 && wanted < data.tokens.length) return wanted;
  const weights = data.weights[layer];
  const size = data.tokens.length;
  return weights && strongestLink(headMatrix(weights, head, size), size, data.causal)?.query;
}

/** Returns the question; the options are the tokens that the row looks at most, in the order of the text. */
function headQuestion(data: AttentionData, {layer, head}: HeadChoice, query: number): Exercise | undefined {
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
    question: html`Layer ${layer + 1}, head ${head + 1}: which token will ${queryToken(data, query)} look at most?`,
    options: options.map((key) => `${visibleToken(tokens[key]!)} (token ${key + 1})`),
    answer: options.indexOf(best),
    because: html`${queryToken(data, query)} gives ${best === query ? 'itself' : keyToken(data, best)}
      <span class="number">${weightText(row[best]!)}</span> of its attention.`,
  };
}

const PLACEHOLDER: Exercise = {
  question: 'Layer 1, head 1: which token will ·kite look at most?',
  options: Array.from({length: OPTIONS}, (_, i) => `·kite (token ${i + 1})`),
  answer: 0,
  because: '',
};
