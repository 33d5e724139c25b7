/** The large matrix in its frame: axis names, labels as text, the canvas, and a cursor for the keyboard. */
import {html, nothing, type TemplateResult} from 'lit';
import {visibleToken} from '../../ui/format.js';
import type {AttentionData} from './attention-data.js';
import {type HeadChoice, type Lit, spokenCell} from './attention-words.js';
import type {MatrixLayout} from './matrix-layout.js';

export interface PlotOptions {
  data: AttentionData;
  chosen: HeadChoice;
  lit: Lit;
  layout: MatrixLayout;
  /** Another layer has been asked for and is not there yet. */
  busy: boolean;
  hover: (lit: Lit | undefined) => void;
  choose: (lit: Lit) => void;
  keydown: (event: KeyboardEvent) => void;
}

export function renderPlot(options: PlotOptions): TemplateResult {
  const {data, chosen, lit, layout, busy, hover, choose, keydown} = options;
  const {cell, font, labelSpace, turned} = layout;
  const size = data.tokens.length;
  const side = size * cell;
  const cellAt = (event: MouseEvent): Lit => {
    const index = (offset: number) => Math.min(size - 1, Math.max(0, Math.floor(offset / cell)));
    return {query: index(event.offsetY), key: index(event.offsetX)};
  };
  const labels = (axis: 'query' | 'key'): TemplateResult[] =>
    data.tokens.map(
      (token, i) =>
        html`<span
          class="label ${lit[axis] === i ? 'lit' : ''} ${axis === 'key' ? (turned ? 'turned' : 'upright') : ''}"
          style=${axis === 'query' ? `height: ${cell}px` : `width: ${cell}px; height: ${turned ? labelSpace : font + 6}px`}
          title=${visibleToken(token)}
          @pointerenter=${(event: PointerEvent) => event.pointerType !== 'touch' && hover({[axis]: i})}
          @click=${() => choose({[axis]: i})}
          >${visibleToken(token)}</span
        >`,
    );
  return html`<div class="frame" part="frame" aria-busy=${busy}>
    <div
      class="plot"
      role="grid"
      tabindex="0"
      aria-label="Attention weights, layer ${chosen.layer + 1}, head ${chosen.head + 1}. Arrow keys move over the cells, Page Up and Page Down change the head."
      aria-rowcount=${size}
      aria-colcount=${size}
      aria-activedescendant=${lit.query !== undefined && lit.key !== undefined ? 'cursor' : nothing}
      @keydown=${keydown}
      @pointerleave=${() => hover(undefined)}
    >
      <div class="corner" aria-hidden="true"></div>
      <div class="columns" aria-hidden="true">
        <span class="axis">keys: tokens looked at →</span>
        <div class="labels" style="font-size: ${font}px">${labels('key')}</div>
      </div>
      <div class="rows" aria-hidden="true">
        <span class="axis">← queries: tokens that ask</span>
        <div class="labels" style="font-size: ${font}px; width: ${labelSpace - 6}px">${labels('query')}</div>
      </div>
      <canvas
        class="cells"
        aria-hidden="true"
        style="width: ${side}px; height: ${side}px"
        @pointermove=${(event: PointerEvent) => event.pointerType !== 'touch' && hover(cellAt(event))}
        @click=${(event: MouseEvent) => choose(cellAt(event))}
      ></canvas>
      ${renderCursor(data, chosen, lit)}
    </div>
  </div>`;
}

/** The one cell of the grid that assistive technology meets: where the cursor is. */
function renderCursor(
  data: AttentionData,
  chosen: HeadChoice,
  {query = 0, key = 0}: Lit,
): TemplateResult | typeof nothing {
  if (!data.weights[chosen.layer]) return nothing;
  return html`<div class="visually-hidden" role="row" aria-rowindex=${query + 1}>
    <span role="rowheader">${visibleToken(data.tokens[query]!)}</span>
    <span role="gridcell" id="cursor" aria-colindex=${key + 1}>${spokenCell(data, chosen, query, key)}</span>
  </div>`;
}

const MOVES: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where a key takes the cursor; undefined for a key that does not move it. Starts in the last row, at its own token. */
export function moveLit({key: pressed, ctrlKey}: KeyboardEvent, lit: Lit, size: number): Lit | undefined {
  const last = size - 1;
  const {query = lit.key ?? last, key = lit.query ?? last} = lit;
  const within = (index: number) => Math.min(last, Math.max(0, index));
  if (pressed === 'Home') return {query: ctrlKey ? 0 : query, key: 0};
  if (pressed === 'End') return {query: ctrlKey ? last : query, key: last};
  const move = MOVES[pressed];
  if (!move) return undefined;
  if (lit.query === undefined && lit.key === undefined) return {query, key};
  return {query: within(query + move[0]), key: within(key + move[1])};
}
