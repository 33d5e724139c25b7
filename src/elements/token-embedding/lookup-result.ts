/** Token → id → numbers, in one line. */
import {html, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../../ui/base/format.js';
import {type EmbeddingTable, rowOf} from '../../ui/model/embedding-table.js';
import {signedScale, textOn} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';

/** CSS pixels of a number, and of what stands before and after the numbers. */
const NUMBER_PX = 58;
const BESIDE_PX = 330;
const FEWEST = 4;

export function renderResult(
  data: EmbeddingTable,
  row: number,
  extent: number,
  theme: Theme,
  width: number,
): TemplateResult {
  const colors = signedScale(theme, extent);
  const most = Math.max(FEWEST, Math.floor((width - BESIDE_PX) / NUMBER_PX));
  const numbers = Array.from(rowOf(data, row));
  const left = numbers.length - most;
  return html`<p class="result" part="result">
    <span class="token">${visibleToken(data.tokens[row]!)}</span> → <span class="number">${data.ids[row]}</span> →
    <span class="numbers"
      >${numbers
        .slice(0, most)
        .map(
          (value) =>
            html`<span .style="background-color: ${colors.color(value)}; color: ${textOn(colors.color(value), theme)}">${decimals(value, 2)}</span>`,
        )}</span
    >
    ${left > 0 ? html`<span class="more">and ${left} more</span>` : ''}
  </p>`;
}
