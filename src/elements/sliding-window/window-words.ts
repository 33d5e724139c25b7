import {html, type TemplateResult} from 'lit';
import type {Coverage} from '../../data/windows.js';
import {tokenLabel} from '../../tokenizers/token-label.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {percent, visibleToken} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';

export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${whole(n)} ${n === 1 ? one : many}`;

export interface WindowWordsView {
  tokens: Int32Array;
  tokenizer: Tokenizer;
  /** The window's first token. */
  start: number;
  contextLength: number;
  /** The highlighted token: its index in the text. */
  highlighted?: number;
}

/** Describes the highlighted token, or the window. */
export function windowWords({
  tokens,
  tokenizer,
  start,
  contextLength,
  highlighted,
}: WindowWordsView): TemplateResult | string {
  if (highlighted === undefined || highlighted >= tokens.length)
    return `This window contains tokens ${whole(start)} to ${whole(start + contextLength - 1)}: ${counted(contextLength, 'prediction task')}.`;
  const name = (token: number) => html`<code>${visibleToken(tokenLabel(tokenizer, tokens[token]!))}</code>`;
  if (highlighted < start || highlighted > start + contextLength)
    return html`Token ${whole(highlighted)}, ${name(highlighted)}, is outside this window.`;
  if (highlighted === start + contextLength)
    return html`${name(highlighted)} is only a target: the answer at the last position.`;
  const position = highlighted - start;
  const before = position ? ' and the tokens before it' : '';
  const asked = position ? ` It is itself the target at position ${position - 1}.` : '';
  return html`Position ${position}: after ${name(highlighted)}${before} comes ${name(highlighted + 1)}.${asked}`;
}

/** Describes how often an epoch of these windows reads a text of `length` tokens. */
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
      ? `Neighboring windows share ${counted(overlap, 'token')}, so ${whole(readAgain)} of the text’s tokens (${percent(readAgain / length)}) are read more than once in an epoch, ${times} at most.`
      : overlap === 0
        ? 'No two windows share a token: an epoch reads each token once.'
        : `Between two windows, ${counted(-overlap, 'token is', 'tokens are')} skipped.`;
  const rest = unread ? ` ${counted(unread, 'token is', 'tokens are')} never read.` : '';
  return `${counted(windows, 'window')} over ${counted(length, 'token')}. ${neighbors}${rest}`;
}
