/** What is on show, in sentences. */
import type {LiveModel} from '../../state/index.js';
import type {TextProgress, TrainedTokenizer} from '../../state/text-work.js';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {decimals} from '../../ui/base/format.js';
import type {Moment} from './moment.js';
import {labelOf} from './pair-bars.js';
import {placesOf} from './text-tokens.js';

export const whole = (value: number): string => value.toLocaleString('en');
export const times = (value: number): string =>
  value === 1 ? 'once' : value === 2 ? 'twice' : `${whole(value)} times`;

/** What the last merge did, and what comes next. */
export function momentSentence({at, last, top, tokenizer, tokens, charactersPerToken}: Moment): string {
  const named = ({first, second}: PairCount) =>
    `“${labelOf(tokenizer, first)}” + “${labelOf(tokenizer, second)}”`;
  const size = `The text has ${whole(tokens)} tokens now, ${decimals(charactersPerToken, 2)} characters each.`;
  const next = top[0]
    ? `Next: ${named(top[0])}, which ${top[0].count === 1 ? 'stands' : 'stand'} side by side ${times(top[0].count)}.`
    : 'No pair is left that is frequent enough.';
  if (!last) return `No merge yet: every byte is a token. ${size} ${next}`;
  const done = `Merge ${whole(at)} made ${named(last)} the token “${labelOf(tokenizer, last.id)}” (id ${last.id}).`;
  return `${done} ${size} ${next}`;
}

/** A pair that is pointed at. */
export function pairSentence({tokenizer, ids}: Moment, pair: PairCount): string {
  const here = [...placesOf(ids, pair).values()].filter((part) => part === 'left').length;
  const [first, second] = [labelOf(tokenizer, pair.first), labelOf(tokenizer, pair.second)];
  return `“${first}” is followed by “${second}” ${times(pair.count)} in the whole text, ${here === 0 ? 'never' : times(here)} in this excerpt.`;
}

/** A token that is pointed at: where it comes from. */
export function tokenSentence(
  trained: TrainedTokenizer,
  tokenizer: Tokenizer,
  id: number,
  ids: readonly number[],
): string {
  const index = trained.merges.findIndex((merge) => merge.id === id);
  const here = ids.filter((other) => other === id).length;
  const name = `Token ${id}, “${labelOf(tokenizer, id)}”, stands ${here === 0 ? 'nowhere' : times(here)} in this excerpt.`;
  const merge = trained.merges[index];
  if (!merge) return `${name} It is a single byte and was there from the start.`;
  const [first, second] = [labelOf(tokenizer, merge.first), labelOf(tokenizer, merge.second)];
  return `${name} Merge ${whole(index + 1)} made it of “${first}” and “${second}”, ${times(merge.count)}.`;
}

export function progressSentence({phase, done, total}: TextProgress): string {
  if (phase === 'loading') return 'Reading the text';
  if (phase === 'reading') return `Counting words: ${whole(done)} of ${whole(total)} characters`;
  return `Merging: ${whole(done)} of ${whole(total)}`;
}

/** What becomes of the model that takes the tokens. */
export function adoptedSentence({status, facts, error}: LiveModel): string {
  if (error) return error.message;
  if (!facts || status === 'loading' || status === 'closed')
    return 'The model is cutting its text into the new tokens …';
  return `The model now learns in these ${whole(facts.config.vocabSize)} tokens: its text is ${whole(facts.corpus.tokens)} of them. It starts anew, untrained.`;
}
