/** When the model knows what comes next, in one sentence. */
import {html, type TemplateResult} from 'lit';
import {type LensData, rightGuesses} from './lens-data.js';

/** Names the first row that has at least half as many right guesses as the end. */
export function renderAnswer(data: LensData): TemplateResult | string {
  const {tokens, rows} = data;
  const right = rows.map((row) => rightGuesses(row, data));
  const final = right.at(-1)!;
  if (final === 0) return tokens.length > 1 ? 'None of its guesses at the end is right.' : '';
  const half = right.findIndex((count) => count >= final / 2);
  const guesses = `${right[half]} of its ${tokens.length - 1} guesses`;
  const areRight = `${guesses} ${right[half] === 1 ? 'is' : 'are'} right (✓)`;
  if (half === rows.length - 1) return html`<b>Only at the end</b>, ${areRight}.`;
  return html`<b>By “${rows[half]!.name}”</b>, ${areRight}; at the end, ${final}.`;
}
