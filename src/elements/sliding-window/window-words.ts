import {html, type TemplateResult} from 'lit';
import type {Coverage} from '../../data/windows.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {percent, visibleToken} from '../../ui/base/format.js';

export const whole = (value: number): string => value.toLocaleString('en');
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${whole(n)} ${n === 1 ? one : many}`;

export interface WindowWordsView {
  tokens: Int32Array;
  tokenizer: Tokenizer;
  /** Where the window begins. */
  start: number;
  contextLength: number;
  /** The token of the text that is pointed at. */
  highlighted?: number;
}

/** What is pointed at, or the window, in words. */
export function windowWords({
  tokens,
  tokenizer,
  start,
  contextLength,
  highlighted,
}: WindowWordsView): TemplateResult | string {
  if (highlighted === undefined || highlighted >= tokens.length)
    return `This window reads tokens ${whole(start)} to ${whole(start + contextLength - 1)}: ${counted(contextLength, 'exercise')}.`;
  const name = (token: number) => html`<code>${visibleToken(tokenizer.token(tokens[token]!))}</code>`;
  if (highlighted < start || highlighted > start + contextLength)
    return html`Token ${whole(highlighted)}, ${name(highlighted)}, lies outside this window.`;
  if (highlighted === start + contextLength)
    return html`${name(highlighted)} is only a target: the last position asks for it.`;
  const position = highlighted - start;
  const before = position ? ' and what stands before it' : '';
  const asked = position ? ` It was itself the answer at position ${position - 1}.` : '';
  return html`Position ${position}: after ${name(highlighted)}${before} comes ${name(highlighted + 1)}.${asked}`;
}

/** What an epoch of such windows does to a text of `length` tokens. */
export function coverageWords(
  {windows, readAgain, unread}: Coverage,
  length: number,
  contextLength: number,
  stride: number,
): string {
  const overlap = contextLength - stride;
  const times = counted(Math.ceil(contextLength / stride), 'time');
  const neighbors =
    overlap > 0
      ? `Neighbors share ${counted(overlap, 'token')}, so ${whole(readAgain)} of the text’s tokens (${percent(readAgain / length)}) are read more than once in an epoch, ${times} at most.`
      : overlap === 0
        ? 'No two windows share a token: an epoch reads each once.'
        : `Between two windows ${counted(-overlap, 'token is', 'tokens are')} left out.`;
  const rest = unread ? ` ${counted(unread, 'token is', 'tokens are')} never read.` : '';
  return `${counted(windows, 'window')} over ${counted(length, 'token')}. ${neighbors}${rest}`;
}
