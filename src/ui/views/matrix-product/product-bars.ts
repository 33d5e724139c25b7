import {html, type TemplateResult} from 'lit';
import {type BoardLayout, TITLE} from '../../../viz/matrix-product/layout.js';
import {placeOf} from '../../../viz/matrix-product/track.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import {percent} from '../../base/format.js';

/** A row of shares as bars, one over each column of a block. */
export interface Bars {
  block: string;
  values: readonly number[];
  title: TemplateResult | string;
}

const NUMBER = 16;

/** Where the bars stand, and how high a share of 1 is. */
function room({block}: Bars, {blocks, columnLabels}: BoardLayout): {bottom: number; full: number} {
  const bottom = blocks[block]!.y - columnLabels - 4;
  return {bottom, full: Math.max(0, bottom - TITLE - NUMBER)};
}

export function drawBars(surface: Surface, bars: Bars, layout: BoardLayout, theme: Theme): void {
  const {bottom, full} = room(bars, layout);
  const {x, width, columns} = layout.blocks[bars.block]!;
  for (const [index, share] of bars.values.entries()) {
    const left = placeOf(columns, index);
    if (left === undefined) continue;
    const height = Math.max(1, share * full);
    surface.rect(x + left + 2, bottom - height, columns.cell - 5, height, {fill: theme.attention});
  }
  surface.line(x, bottom, x + width, bottom, {stroke: theme.hairline});
}

/** The numbers of the bars, and what they are. */
export function renderBars(bars: Bars, layout: BoardLayout): TemplateResult {
  const {bottom, full} = room(bars, layout);
  const {x, columns} = layout.blocks[bars.block]!;
  const written = (share: number): string =>
    columns.cell < 34 ? `${Math.round(100 * share)}` : percent(share).replace(/\.\d/, '');
  const top = bottom - Math.max(...bars.values) * full;
  return html`<div class="product-title" .style="left: ${x}px; top: ${top - NUMBER - 24}px">${bars.title}</div>
    ${bars.values.map((share, index) => {
      const left = placeOf(columns, index);
      return left === undefined
        ? ''
        : html`<span
            class="product-label bar-number"
            aria-hidden="true"
            .style="left: ${x + left - 8}px; width: ${columns.cell + 15}px; top: ${bottom - Math.max(1, share * full) - NUMBER}px; height: ${NUMBER}px"
            >${written(share)}</span
          >`;
    })}`;
}
