/** Sentences that describe what is on show. */

import type {LiveModel} from '../../state/index.js';
import type {TextProgress, TrainedTokenizer} from '../../state/text-work.js';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {decimals} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import type {Moment} from './moment.js';
import {labelOf} from './pair-bars.js';
import {placesOf} from './text-tokens.js';

export const times = (value: number): string =>
  value === 1 ? 'once' : value === 2 ? 'twice' : `${whole(value)} times`;

/** Describes the last merge and the next one. */
export function momentSentence({at, last, top, tokenizer, tokens, charactersPerToken}: Moment): string {
  const named = ({first, second}: PairCount) =>
    `“${labelOf(tokenizer, first)}” + “${labelOf(tokenizer, second)}”`;
  const size = `The text now has ${whole(tokens)} tokens of ${decimals(charactersPerToken, 2)} characters on average.`;
  const next = top[0]
    ? `Next: ${named(top[0])}, which occurs ${times(top[0].count)}.`
    : 'No remaining pair is frequent enough.';
  if (!last) return `No merges yet: every byte is a token. ${size} ${next}`;
  const done = `Merge ${whole(at)} made “${labelOf(tokenizer, last.id)}” (id ${last.id}) from ${named(last)}.`;
  return `${done} ${size} ${next}`;
}

/** Describes the highlighted pair. */
export function pairSentence({tokenizer, ids}: Moment, pair: PairCount): string {
  const here = [...placesOf(ids, pair).values()].filter((part) => part === 'left').length;
  const [first, second] = [labelOf(tokenizer, pair.first), labelOf(tokenizer, pair.second)];
  return `“${first}” is followed by “${second}” ${times(pair.count)} in the whole text, ${here === 0 ? 'never' : times(here)} in this excerpt.`;
}

/** Describes the highlighted token: how often it occurs, and where it comes from. */
export function tokenSentence(
  trained: TrainedTokenizer,
  tokenizer: Tokenizer,
  id: number,
  ids: readonly number[],
): string {
  const index = trained.merges.findIndex((merge) => merge.id === id);
  const here = ids.filter((other) => other === id).length;
  const name = `Token ${id}, “${labelOf(tokenizer, id)}”, occurs ${here === 0 ? 'nowhere' : times(here)} in this excerpt.`;
  const merge = trained.merges[index];
  if (!merge) return `${name} It is a single byte, part of every vocabulary.`;
  const [first, second] = [labelOf(tokenizer, merge.first), labelOf(tokenizer, merge.second)];
  return `${name} Merge ${whole(index + 1)} made it from “${first}” and “${second}”, ${times(merge.count)}.`;
}

export function progressSentence({phase, done, total}: TextProgress): string {
  if (phase === 'loading') return 'Reading the text';
  if (phase === 'reading') return `Counting words: ${whole(done)} of ${whole(total)} characters`;
  return `Merging: ${whole(done)} of ${whole(total)}`;
}

/** Describes the model that was given the tokens. */
export function adoptedSentence({status, facts, error}: LiveModel): string {
  if (error) return error.message;
  if (!facts || status === 'loading' || status === 'closed')
    return 'The model is encoding its text in the new tokens …';
  return `The model now uses these ${whole(facts.config.vocabSize)} tokens: its text is ${whole(facts.corpus.tokens)} tokens long. It starts untrained.`;
}
