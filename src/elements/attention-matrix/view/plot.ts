/** The large matrix in its frame: axis names, labels as text, the canvas, marks of what is highlighted, and a keyboard cursor. */
import {html, nothing, type TemplateResult} from 'lit';
import {visibleToken} from '../../../ui/base/format.js';
import {arrowStep} from '../../../ui/base/stepping.js';
import {CELLS_APART} from '../../../viz/matrix.js';
import type {AttentionData} from '../data/attention-data.js';
import type {HeadChoice, Highlight} from '../data/choice.js';
import {spokenCell} from './attention-words.js';
import {lensSide} from './lens.js';
import type {MatrixLayout} from './matrix-layout.js';

export interface PlotOptions {
  data: AttentionData;
  chosen: HeadChoice;
  highlighted: Highlight;
  layout: MatrixLayout;
  /** Whether the chosen layer is still being read. */
  busy: boolean;
  /** Whether the data is a placeholder that only reserves room. */
  waiting?: boolean;
  /** The row that an exercise hides. */
  hidden?: number;
  hover: (highlighted: Highlight | undefined) => void;
  choose: (highlighted: Highlight) => void;
  keydown: (event: KeyboardEvent) => void;
}

/** Returns the classes of a token's label: highlighted, written by the model. */
export function labelClass(
  {written}: AttentionData,
  highlighted: Highlight,
  axis: 'query' | 'key',
  index: number,
): string {
  const isWritten = written !== undefined && index >= written;
  return `label ${highlighted[axis] === index ? 'highlighted' : ''} ${isWritten ? 'written' : ''}`;
}

/** Renders the frame with its keys and its description for screen readers; the same for cells and links. */
export function renderGrid(options: PlotOptions, content: TemplateResult): TemplateResult {
  const {data, chosen, highlighted, busy, hidden, waiting, hover, keydown} = options;
  const size = data.tokens.length;
  const isReached = !waiting && highlighted.query !== undefined && highlighted.key !== undefined;
  return html`<div class="frame" part="frame" aria-busy=${busy}>
    <div
      class="plot"
      role="grid"
      tabindex="0"
      aria-label="Attention weights, layer ${chosen.layer + 1}, head ${chosen.head + 1}. Arrow keys move over the cells, Page Up and Page Down change the head."
      aria-rowcount=${size}
      aria-colcount=${size}
      aria-activedescendant=${isReached ? 'cursor' : nothing}
      @keydown=${keydown}
      @pointerleave=${() => hover(undefined)}
    >
      ${content} ${waiting ? nothing : renderCursor(data, chosen, highlighted, hidden)}
    </div>
  </div>`;
}

export function renderPlot(options: PlotOptions): TemplateResult {
  const {data, highlighted, layout, hidden, waiting, hover, choose} = options;
  const {cell, font, labelSpace, turned, fitted} = layout;
  const size = data.tokens.length;
  const side = size * cell;
  const cellAt = (event: MouseEvent): Highlight => {
    const index = (offset: number) => Math.min(size - 1, Math.max(0, Math.floor(offset / cell)));
    return {query: index(event.offsetY), key: index(event.offsetX)};
  };
  const label = (axis: 'query' | 'key', i: number, offset = ''): TemplateResult => {
    const token = visibleToken(data.tokens[i]!);
    const room =
      axis === 'query'
        ? `height: ${fitted ? font + 2 : cell}px`
        : `width: ${fitted ? font + 2 : cell}px; height: ${turned ? labelSpace : font + 6}px`;
    return html`<span
      class="${labelClass(data, highlighted, axis, i)} ${axis === 'key' ? (turned ? 'turned' : 'upright') : ''}"
      .style="${room}; ${offset}"
      title=${token}
      @pointerenter=${(event: PointerEvent) => event.pointerType !== 'touch' && hover({[axis]: i})}
      @click=${() => choose({[axis]: i})}
      >${token}</span
    >`;
  };
  /** All labels; of a long text as many as fit, with the highlighted one over them. */
  const labels = (axis: 'query' | 'key'): TemplateResult[] => {
    if (!fitted) return data.tokens.map((_, i) => label(axis, i));
    const every = Math.ceil((font + 4) / cell);
    const some = Array.from({length: Math.ceil(size / every)}, (_, i) => i * every);
    const from = axis === 'query' ? 'top' : 'left';
    const at = (i: number) => label(axis, i, `${from}: ${Math.max(0, (i + 0.5) * cell - font / 2 - 1)}px`);
    const highlightedOne = highlighted[axis];
    return [
      ...some.filter((i) => i !== highlightedOne),
      ...(highlightedOne === undefined ? [] : [highlightedOne]),
    ].map(at);
  };
  const canvasStyle = `width: ${side}px; height: ${side}px`;
  return renderGrid(
    options,
    html`<div class="corner" aria-hidden="true"></div>
      <div class="columns" aria-hidden="true">
        <span class="axis">keys: tokens looked at →</span>
        <div
          class="labels ${fitted ? 'thinned' : ''}"
          .style="font-size: ${font}px; ${fitted ? `width: ${side}px; height: ${turned ? labelSpace : font + 6}px` : ''}"
        >
          ${labels('key')}
        </div>
      </div>
      <div class="rows" aria-hidden="true">
        <span class="axis">← queries: tokens that look</span>
        <div
          class="labels ${fitted ? 'thinned' : ''}"
          .style="font-size: ${font}px; width: ${labelSpace - 6}px; ${fitted ? `height: ${side}px` : ''}"
        >
          ${labels('query')}
        </div>
      </div>
      <div class="surface" aria-hidden="true" .style=${canvasStyle}>
        ${
          waiting
            ? nothing
            : html`<canvas
                  class="cells"
                  .style=${canvasStyle}
                  @pointermove=${(event: PointerEvent) => event.pointerType !== 'touch' && hover(cellAt(event))}
                  @click=${(event: MouseEvent) => choose(cellAt(event))}
                ></canvas>
                ${renderMarks(size, cell, highlighted)}
                ${hidden === undefined ? nothing : html`<div class="hidden-row" .style="top: ${hidden * cell}px; height: ${Math.max(cell, 3)}px">?</div>`}
                ${fitted ? html`<canvas class="overlay lens" .style="width: ${lensSide(side)}px; height: ${lensSide(side)}px" ?hidden=${highlighted.query === undefined && highlighted.key === undefined}></canvas>` : nothing}`
        }
      </div>`,
  );
}

/** Frames around the highlighted row, column and cell: elements over the canvas, so that no cell is drawn again. */
function renderMarks(size: number, cell: number, {query, key}: Highlight): TemplateResult {
  // Larger cells have a gap of one pixel.
  const side = Math.max(2, cell >= CELLS_APART ? cell - 1 : cell);
  const length = (size - 1) * cell + side;
  const mark = (which: string, left: number, top: number, width: number, height: number) =>
    html`<div
      class="mark ${which}"
      .style="transform: translate(${left}px, ${top}px); width: ${width}px; height: ${height}px"
    ></div>`;
  const [x, y] = [(key ?? 0) * cell, (query ?? 0) * cell];
  return html`${query === undefined ? nothing : mark('query', 0, y, length, side)}
  ${key === undefined ? nothing : mark('key', x, 0, side, length)}
  ${query === undefined || key === undefined ? nothing : mark('both', x, y, side, side)}`;
}

/** The cell of the grid that screen readers see: the one at the cursor. */
function renderCursor(
  data: AttentionData,
  chosen: HeadChoice,
  {query = 0, key = 0}: Highlight,
  hidden: number | undefined,
): TemplateResult | typeof nothing {
  if (!data.weights[chosen.layer]) return nothing;
  return html`<div class="visually-hidden" role="row" aria-rowindex=${query + 1}>
    <span role="rowheader">${visibleToken(data.tokens[query]!)}</span>
    <span role="gridcell" id="cursor" aria-colindex=${key + 1}>${query === hidden ? 'hidden until you answer' : spokenCell(data, chosen, query, key)}</span>
  </div>`;
}

/** Returns where a key moves the cursor; undefined for other keys. It starts at the last row's own token. */
export function moveHighlight(
  event: KeyboardEvent,
  highlighted: Highlight,
  size: number,
): Highlight | undefined {
  const {key: pressed, ctrlKey} = event;
  if (event.altKey || event.metaKey) return undefined;
  const last = size - 1;
  const {query = highlighted.key ?? last, key = highlighted.query ?? last} = highlighted;
  const within = (index: number) => Math.min(last, Math.max(0, index));
  if (pressed === 'Home') return {query: ctrlKey ? 0 : query, key: 0};
  if (pressed === 'End') return {query: ctrlKey ? last : query, key: last};
  const move = arrowStep(event);
  if (!move) return undefined;
  if (highlighted.query === undefined && highlighted.key === undefined) return {query, key};
  return {query: within(query + move[0]), key: within(key + move[1])};
}
