/** When the model knows what comes next, in one sentence. */
import {html, type TemplateResult} from 'lit';
import {knownGuesses, type LensData} from './lens-data.js';

/** Says how many guesses are right at the end, and which row first has at least half of them. */
export function renderAnswer(data: LensData): TemplateResult | string {
  const {tokens, rows} = data;
  const known = rows.map((row) => knownGuesses(row, data));
  const final = known.at(-1)!;
  if (final === 0) return tokens.length > 1 ? 'In the end, none of its guesses is right.' : '';
  const half = known.findIndex((count) => count >= final / 2);
  const are = `${final} of its ${tokens.length - 1} guesses ${final === 1 ? 'is' : 'are'} right (✓)`;
  if (half === rows.length - 1) return html`<b>In the end, ${are}</b>, and not before.`;
  const some = final === 1 ? 'already' : known[half] === final ? 'all of them' : `${known[half]} of them`;
  return html`<b>In the end, ${are}</b>, ${some} from “${rows[half]!.name}” on.`;
}
