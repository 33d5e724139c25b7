/** When the model knows what comes next, in one sentence. */
import {html, type TemplateResult} from 'lit';
import {visibleToken} from '../../ui/base/format.js';
import {findingsOf, type LensData} from './lens-data.js';

/** Names the row by which at least half of the right guesses are found, and the one that is found last. */
export function renderAnswer(data: LensData): TemplateResult | string {
  const {tokens, rows} = data;
  const found = findingsOf(data);
  const middle = found[Math.ceil(found.length / 2) - 1]?.row;
  if (middle === undefined) return tokens.length > 1 ? 'None of its guesses at the end is right.' : '';
  const early = found.filter(({row}) => row <= middle).length;
  const last = found.at(-1)!;
  const guesses =
    found.length === 1 ? 'its one right guess (✓)' : `${early} of its ${found.length} right guesses (✓)`;
  const late =
    last.row > middle ? `; ${visibleToken(last.token)} comes only after “${rows[last.row]!.name}”` : '';
  return html`<b>Mostly after “${rows[middle]!.name}”</b>: by then it has ${guesses}${late}.`;
}
