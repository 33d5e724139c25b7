import {html, nothing, type TemplateResult} from 'lit';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import type {ColorScale} from '../../viz/color.js';
import {drawHeatmap, type Heatmap} from '../../viz/heatmap.js';
import type {Theme} from '../../viz/theme.js';
import {Memo} from '../base/memo.js';
import {clamp, moveCell, type TableCell} from './move-cell.js';

export interface TableProps {
  /** Tells one view of an element from another. */
  name: string;
  /** What it is, for those who do not see it. */
  label: string;
  heatmap: Heatmap;
  /** Written left of each row: one text for each column of labels. */
  rowLabels: (row: number) => readonly string[];
  /** Names of the columns of labels, and how many characters each is wide. */
  labelColumns: readonly {name: string; width: number}[];
  /** What the columns of numbers are, e.g. “48 numbers a token →”. */
  columnName: string;
  scale: ColorScale;
  theme: Theme;
  print?: (value: number) => string;
  highlighted: TableCell;
  /** The cell in words. */
  spoken: (row: number, column: number) => string;
  hover?: (cell: TableCell | undefined) => void;
  choose?: (cell: TableCell) => void;
  /** Pixels for all columns of labels, where these are to be as wide as another view's. */
  labelSpace?: number;
  /** Room for all of it. */
  width: number;
  maxHeight?: number;
  rowHeight?: number;
}

const HEAD = 20;
const FONT = 12;
/** A character of a monospaced font is about six tenths of its size wide. */
const CHARACTER = FONT * 0.61;
const MIN_CELL = 6;
const MAX_CELL = 46;

const labelWidth = (characters: number): number => Math.ceil(characters * CHARACTER) + 8;

/**
 * A table of numbers as colors in a frame of its own. However long or wide, only what is seen is drawn: the
 * canvas stays where it is while the frame scrolls under it. Row labels are text in the page.
 */
export class TableView {
  #top = 0;
  /** The frame without its scroll bars, as last measured. */
  #client?: {width: number; height: number};
  #props?: TableProps;
  readonly #painted = new Memo();

  readonly #redraw: () => void;
  readonly #sideways: {left: number};

  /**
   * @param redraw Asks the host to render again.
   * @param sideways Views that share this scroll sideways together.
   */
  constructor(redraw: () => void, sideways: {left: number} = {left: 0}) {
    this.#redraw = redraw;
    this.#sideways = sideways;
  }

  /** How many pixels the labels take with the spaces around them. */
  static labelSpace({labelColumns, labelSpace}: Pick<TableProps, 'labelColumns' | 'labelSpace'>): number {
    return labelSpace ?? labelColumns.reduce((sum, {width}) => sum + labelWidth(width), 0);
  }

  /** How wide a cell is in so much room: as wide as fits, and never too small to see. */
  static cellWidth(props: TableProps): number {
    const {columns} = props.heatmap;
    const room = props.width - TableView.labelSpace(props) - 2;
    return Math.max(MIN_CELL, Math.min(MAX_CELL, Math.floor(room / columns)));
  }

  #layout(props: TableProps) {
    const {heatmap, width, maxHeight = 420, rowHeight = 18} = props;
    const labels = TableView.labelSpace(props);
    const cellWidth = TableView.cellWidth(props);
    const total = {width: labels + heatmap.columns * cellWidth, height: HEAD + heatmap.rows * rowHeight};
    const frame = {
      width: Math.min(width, total.width + (total.height > maxHeight ? 16 : 0)),
      height: Math.min(maxHeight, total.height + (total.width > width ? 16 : 0)),
    };
    const client = this.#client ?? frame;
    const pane = {width: Math.min(client.width, total.width), height: Math.min(client.height, total.height)};
    return {labels, cellWidth, rowHeight, total, frame, pane};
  }

  render(props: TableProps): TemplateResult {
    this.#props = props;
    const {heatmap, highlighted, hover, choose, name, label, columnName, labelColumns} = props;
    const {labels, cellWidth, rowHeight, total, frame, pane} = this.#layout(props);
    const cellAt = ({offsetX, offsetY}: MouseEvent): TableCell => ({
      row: clamp(Math.floor((offsetY + this.#top) / rowHeight), heatmap.rows),
      column: clamp(Math.floor((offsetX + this.#sideways.left) / cellWidth), heatmap.columns),
    });
    const first = Math.max(0, Math.floor(this.#top / rowHeight));
    const end = Math.min(heatmap.rows, Math.ceil((this.#top + pane.height - HEAD) / rowHeight));
    const px = (value: number): string => `${value}px`;
    return html`<div
      class="table-frame ${name}"
      role="grid"
      tabindex="0"
      aria-label=${`${label}. Arrow keys move over the cells.`}
      aria-rowcount=${heatmap.rows}
      aria-colcount=${heatmap.columns}
      aria-activedescendant=${highlighted.row === undefined ? nothing : `cursor-${name}`}
      .style="width: ${px(frame.width)}; height: ${px(frame.height)}"
      @scroll=${this.#onScroll}
      @keydown=${(event: KeyboardEvent) => this.#onKeydown(event)}
      @pointerleave=${() => hover?.(undefined)}
    >
      <div class="table-space" .style="width: ${px(total.width)}; height: ${px(total.height)}">
        <div class="table-pane" .style="width: ${px(pane.width)}; height: ${px(pane.height)}">
          <div class="table-head" aria-hidden="true" .style="height: ${px(HEAD)}">
            ${labelColumns.map(
              (column) => html`<span .style="width: ${px(labelWidth(column.width))}">${column.name}</span>`,
            )}
            <span class="table-columns">${columnName}</span>
          </div>
          <canvas
            aria-hidden="true"
            .style="left: ${px(labels)}; top: ${px(HEAD)}; width: ${px(pane.width - labels)}; height: ${px(pane.height - HEAD)}"
            @pointermove=${(event: PointerEvent) => event.pointerType !== 'touch' && hover?.(cellAt(event))}
            @click=${(event: MouseEvent) => choose?.(cellAt(event))}
          ></canvas>
          <div class="table-rows" aria-hidden="true" .style="top: ${px(HEAD)}; width: ${px(labels)}">
            ${Array.from({length: Math.max(0, end - first)}, (_, i) => {
              const row = first + i;
              return html`<div
                class="table-row ${highlighted.row === row ? 'highlighted' : ''}"
                data-row=${row}
                .style="height: ${px(rowHeight)}; transform: translateY(${row * rowHeight - this.#top}px)"
                @pointerenter=${(event: PointerEvent) => event.pointerType !== 'touch' && hover?.({row})}
                @click=${() => choose?.({row})}
              >
                ${props
                  .rowLabels(row)
                  .map(
                    (text, n) =>
                      html`<span .style="width: ${px(labelWidth(labelColumns[n]!.width))}">${text}</span>`,
                  )}
              </div>`;
            })}
          </div>
        </div>
      </div>
      ${
        highlighted.row === undefined
          ? nothing
          : html`<div class="visually-hidden" role="row" aria-rowindex=${highlighted.row + 1}>
              <span role="gridcell" id="cursor-${name}" aria-colindex=${(highlighted.column ?? 0) + 1}
                >${props.spoken(highlighted.row, highlighted.column ?? 0)}</span
              >
            </div>`
      }
    </div>`;
  }

  /** After each render: measures the frame, and draws what has changed. */
  paint(root: ParentNode): void {
    const props = this.#props;
    const frame = root.querySelector<HTMLElement>(`.table-frame.${props?.name}`);
    if (!props || !frame) return;
    const client = {width: frame.clientWidth, height: frame.clientHeight};
    if (client.width !== this.#client?.width || client.height !== this.#client.height) {
      const before = this.#layout(props).pane;
      this.#client = client;
      const {pane} = this.#layout(props);
      if (pane.width !== before.width || pane.height !== before.height) this.#redraw();
    }
    if (Math.abs(frame.scrollLeft - this.#sideways.left) > 1) frame.scrollLeft = this.#sideways.left;
    const {heatmap, scale, theme, print, highlighted} = props;
    const {labels, cellWidth, rowHeight, pane} = this.#layout(props);
    const canvas = frame.querySelector('canvas')!;
    const [width, height] = [pane.width - labels, pane.height - HEAD];
    const place = [
      width,
      height,
      this.#sideways.left,
      this.#top,
      highlighted.row,
      highlighted.column,
      devicePixelRatio,
    ];
    if (width <= 0 || !this.#painted.changed(canvas, heatmap.values, scale, theme, cellWidth, ...place))
      return;
    drawHeatmap(new CanvasSurface(canvas, width, height), heatmap, theme, {
      x: -this.#sideways.left,
      y: -this.#top,
      cellWidth,
      cellHeight: rowHeight,
      scale,
      print,
      highlight: highlighted,
    });
  }

  /** Scrolls to a row, so that those around it are seen too. */
  center(root: ParentNode, row: number): void {
    const frame = root.querySelector<HTMLElement>(`.table-frame.${this.#props?.name}`);
    if (!this.#props || !frame) return;
    const {rowHeight} = this.#layout(this.#props);
    frame.scrollTop = (row + 0.5) * rowHeight - (frame.clientHeight - HEAD) / 2;
  }

  /** Scrolls as little as brings the row (and cell) into sight. */
  reveal(root: ParentNode, {row, column}: TableCell): void {
    const props = this.#props;
    const frame = root.querySelector<HTMLElement>(`.table-frame.${props?.name}`);
    if (!props || !frame || row === undefined) return;
    const {labels, cellWidth, rowHeight} = this.#layout(props);
    const [visibleHeight, visibleWidth] = [frame.clientHeight - HEAD, frame.clientWidth - labels];
    const top = row * rowHeight;
    if (top < frame.scrollTop) frame.scrollTop = top;
    else if (top + rowHeight > frame.scrollTop + visibleHeight)
      frame.scrollTop = top + rowHeight - visibleHeight;
    if (column === undefined) return;
    const left = column * cellWidth;
    if (left < frame.scrollLeft) frame.scrollLeft = left;
    else if (left + cellWidth > frame.scrollLeft + visibleWidth)
      frame.scrollLeft = left + cellWidth - visibleWidth;
  }

  #onScroll = (event: Event): void => {
    const frame = event.currentTarget as HTMLElement;
    this.#sideways.left = frame.scrollLeft;
    this.#top = frame.scrollTop;
    this.#redraw();
  };

  #onKeydown(event: KeyboardEvent): void {
    const {heatmap, highlighted, choose} = this.#props!;
    const moved = moveCell(event, highlighted, heatmap);
    if (!moved || !choose) return;
    event.preventDefault();
    choose(moved);
    this.reveal((event.currentTarget as HTMLElement).getRootNode() as ShadowRoot, moved);
  }
}
