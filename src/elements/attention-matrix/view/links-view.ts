/** The weights as lines between tokens: queries on the left, keys on the right. */
import {html, type TemplateResult} from 'lit';
import {number, visibleToken} from '../../../ui/base/format.js';
import type {Picture} from '../../../ui/base/gpt-element.js';
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {
  drawLabeledLinks,
  drawLinks,
  labeledLinksSize,
  strongLinks,
  type TokenLink,
} from '../../../viz/links.js';
import type {Matrix} from '../../../viz/matrix.js';
import {picture} from '../../../viz/picture.js';
import type {Theme} from '../../../viz/theme.js';
import type {AttentionData} from '../data/attention-data.js';
import type {HeadChoice, Highlight} from '../data/choice.js';
import type {AttentionDrawing} from './attention-drawing.js';
import {MAX_FONT} from './matrix-layout.js';
import {labelClass, type PlotOptions, renderGrid} from './plot.js';

/** The links that are drawn, and their layout. */
export interface LinksView {
  /** Number of tokens that are shown. */
  shown: number;
  row: number;
  width: number;
  /** Weaker links are not drawn. */
  threshold: number;
  links: readonly TokenLink[];
  matrix: Matrix;
  /** The row that an exercise hides. */
  hidden?: number;
}

const MAX_LINK_TOKENS = 128;
/** Up to so many tokens, all links but the faintest are drawn; of more tokens, only the strong ones. */
const FEW_TOKENS = 24;
const FAINTEST = 0.02;
const STRONG = 0.1;
const WIDEST = 320;
/** Around all of it, for the focus. */
const PADDING = 4;

/** @param width Room for both columns and the lines. */
export function linksView(
  matrix: Matrix,
  labelSpace: number,
  width: number,
  hidden: number | undefined,
): LinksView {
  const shown = Math.min(matrix.size, MAX_LINK_TOKENS);
  const threshold = matrix.size <= FEW_TOKENS ? FAINTEST : STRONG;
  const within = (query: number, key: number) => query < shown && key < shown && query !== hidden;
  return {
    shown,
    row: shown <= FEW_TOKENS ? 24 : 18,
    width: Math.max(80, Math.min(WIDEST, width - 2 * labelSpace - 2 * PADDING)),
    threshold,
    links: strongLinks(matrix, threshold, within),
    matrix,
    hidden,
  };
}

export function renderLinks(options: PlotOptions, view: LinksView): TemplateResult {
  const {data, highlighted, layout, hover, choose} = options;
  const {shown, row, width, threshold, links} = view;
  const column = (axis: 'query' | 'key') => html`<div
    class="labels"
    .style="font-size: ${Math.min(MAX_FONT, row - 4)}px; width: ${layout.wideLabels}px"
  >
    ${data.tokens.slice(0, shown).map(
      (token, i) =>
        html`<span
          class=${labelClass(data, highlighted, axis, i)}
          .style="height: ${row}px"
          title=${visibleToken(token)}
          @pointerenter=${(event: PointerEvent) => event.pointerType !== 'touch' && hover({[axis]: i})}
          @click=${() => choose({[axis]: i})}
          >${visibleToken(token)}</span
        >`,
    )}
  </div>`;
  const isHighlighted = highlighted.query !== undefined || highlighted.key !== undefined;
  const all = pairs(data, shown);
  return html`${renderGrid(
    options,
    html`<div class="link-columns" aria-hidden="true">
      <div class="link-axes axis"><span>queries: tokens that look</span><span>keys: looked at</span></div>
      <div class="rows">${column('query')}</div>
      <div class="link-lines" .style="width: ${width}px; height: ${shown * row}px">
        ${
          options.waiting
            ? ''
            : html`<canvas class="cells ${isHighlighted ? 'faint' : ''}" .style="width: ${width}px; height: ${shown * row}px"></canvas
                ><canvas class="overlay" .style="width: ${width}px; height: ${shown * row}px"></canvas>`
        }
      </div>
      <div class="columns">${column('key')}</div>
    </div>`,
  )}
    <p class="note">${
      shown < data.tokens.length ? `The first ${shown} of ${data.tokens.length} tokens are shown. ` : ''
    }Only the ${links.length.toLocaleString('en')} links of at least ${number(threshold, 1)}, of
      ${all.toLocaleString('en')}, are drawn. Point at a token to see its weaker ones.</p>`;
}

/** Returns the number of possible links. */
const pairs = ({causal}: AttentionData, shown: number): number =>
  causal ? (shown * (shown + 1)) / 2 : shown ** 2;

export function paintLinks(
  canvas: HTMLCanvasElement,
  {shown, row, width, links}: LinksView,
  {options}: AttentionDrawing,
): void {
  drawLinks(new CanvasSurface(canvas, width, shown * row), links, {row, width, scale: options.scale});
}

/** Draws the links of the highlighted token over the others, which are faint. */
export function paintHighlightedLinks(
  canvas: HTMLCanvasElement,
  {shown, row, width, matrix, hidden}: LinksView,
  {options}: AttentionDrawing,
  {query, key}: Highlight,
): void {
  const surface = new CanvasSurface(canvas, width, shown * row);
  if (query === undefined && key === undefined) return;
  // For a cell, its row: the highlighted token on the right shows which link is meant.
  const isHighlighted = (q: number, k: number) =>
    q < shown && k < shown && q !== hidden && (query === undefined ? k === key : q === query);
  drawLinks(surface, strongLinks(matrix, FAINTEST / 2, isHighlighted), {row, width, scale: options.scale});
}

export function linksPicture(
  {shown, row, width, links}: LinksView,
  {options}: AttentionDrawing,
  {tokens}: AttentionData,
  {layer, head}: HeadChoice,
  theme: Theme,
): Picture {
  const labeled = {
    title: `Attention, layer ${layer + 1}, head ${head + 1}`,
    labels: tokens.slice(0, shown).map(visibleToken),
    links,
    options: {row, width, scale: options.scale},
  };
  return picture({
    ...labeledLinksSize(labeled),
    title: labeled.title,
    theme,
    draw: (surface) => drawLabeledLinks(surface, labeled, theme),
  });
}
