import {html, nothing, type TemplateResult} from 'lit';
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {textOn} from '../../../viz/color.js';
import {type BlockLayout, type BoardLayout, layOut} from '../../../viz/matrix-product/layout.js';
import {isLater} from '../../../viz/matrix-product/paint.js';
import {
  arithmeticRoom,
  drawScene,
  hiddenIn,
  linesOf,
  type ProductBlock,
  type ProductCell,
  type Scene,
  withPinned,
} from '../../../viz/matrix-product/scene.js';
import {entryAt, placeOf} from '../../../viz/matrix-product/track.js';
import {hasNumbers, isSmall, splitName, type Word, wordsOf} from '../../../viz/matrix-product/words.js';
import type {Theme} from '../../../viz/theme.js';
import {number} from '../../base/format.js';
import {Memo} from '../../base/memo.js';
import {moveCell} from '../move-cell.js';

export interface ProductProps extends Scene {
  /** Tells one view of an element from another. */
  name: string;
  theme: Theme;
  /** Pixels of room. */
  width: number;
  /** The reader points at a cell with the mouse, or at none any more. */
  point: (cell: ProductCell | undefined) => void;
  /** The reader has clicked a cell, or moved to it with the keyboard. Default: as `point`. */
  choose?: (cell: ProductCell) => void;
  /** Something of the page's own in the spaces above lower blocks. */
  inSpaces?: (layout: BoardLayout) => TemplateResult;
}

const px = (value: number): string => `${value}px`;
const place = (x: number, y: number, width: number, height: number): string =>
  `left: ${px(x)}; top: ${px(y)}; width: ${px(width)}; height: ${px(height)}`;

/**
 * Matrix products in their geometry: a right factor stands above its product and a left factor beside it, so that every cell
 * lies where its row meets its column. Cells are colors on one canvas; names, labels and numbers are text of the page.
 */
export class ProductView {
  #props?: ProductProps;
  #layout?: BoardLayout;
  /** Entries that the reader has moved to and that folding would hide. */
  readonly #pinned: Record<string, number> = {};
  readonly #painted = new Memo();
  /** The cell under the mouse. */
  readonly #hovered = new Memo();

  render(props: ProductProps): TemplateResult {
    // What is in sight stays where it is.
    Object.assign(this.#pinned, hiddenIn(props, this.#layout ?? layOut(props, props.width)));
    const shown = (this.#props = withPinned(props, this.#pinned));
    const layout = (this.#layout = layOut(shown, props.width));
    const room = arithmeticRoom(props, layout);
    const words =
      props.arithmetic &&
      linesOf(props, layout).map((line, n) => html`<p class=${n ? 'terms' : ''}>${line}</p>`);
    return html`<div class="product" data-name=${props.name}>
      <div class="board" .style="width: ${px(layout.width)}; height: ${px(layout.height)}">
        <canvas aria-hidden="true" .style=${place(0, 0, layout.width, layout.height)}></canvas>
        ${Object.keys(layout.blocks).map((id) => this.#renderBlock(id, layout))}
        ${wordsOf(shown, layout).map(renderWord)}
        ${props.inSpaces?.(layout) ?? nothing}
        ${room && words ? html`<div class="arithmetic" .style="left: ${px(room.x)}; top: ${px(room.y)}; width: ${px(room.width)}">${words}</div>` : nothing}
      </div>
      ${!room && words ? html`<div class="arithmetic">${words}</div>` : nothing}
    </div>`;
  }

  #renderBlock(id: string, layout: BoardLayout): TemplateResult {
    const {blocks, highlighted, name} = this.#props!;
    const [block, at] = [blocks[id]!, layout.blocks[id]!];
    const {x, y, width, height} = at;
    if (isLater(block))
      return html`<div class="product-block ${id}" .style=${place(x, y, width, height)}></div>`;
    return html`<div
      class="product-block ${id}"
      role="grid"
      tabindex="0"
      aria-label=${block.label}
      aria-rowcount=${block.values.length}
      aria-colcount=${block.values[0]?.length ?? 0}
      aria-activedescendant=${highlighted?.block === id ? `cell-${name}-${id}-${highlighted.row}-${highlighted.column}` : nothing}
      .style=${place(x, y, width, height)}
      @pointermove=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#onPointer(event, id)}
      @pointerleave=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#leave()}
      @click=${(event: PointerEvent) => this.#onPointer(event, id)}
      @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, id)}
    >
      ${this.#renderCells(id, block, at)}
    </div>`;
  }

  /** All numbers of a small block; of a large one the highlighted cell, for those who do not see it. */
  #renderCells(id: string, block: ProductBlock, at: BlockLayout): unknown {
    const {highlighted, name, theme} = this.#props!;
    const {rows, columns} = at;
    const {values, masked, scale} = block;
    const cellId = (row: number, column: number): string => `cell-${name}-${id}-${row}-${column}`;
    if (!isSmall(block)) {
      if (highlighted?.block !== id || !values[highlighted.row]) return nothing;
      const {row, column} = highlighted;
      return html`<div class="visually-hidden" role="row" aria-rowindex=${row + 1}>
        <span role="gridcell" id=${cellId(row, column)} aria-colindex=${column + 1}>${spoken(block, row, column)}</span>
      </div>`;
    }
    const fits = hasNumbers(block, at);
    return values.map((line, row) => {
      if (block.only !== undefined && row !== block.only) return nothing;
      const top = placeOf(rows, row);
      return html`<div role="row" class=${fits ? 'product-row' : 'visually-hidden'}>
        ${Array.from(line, (value, column) => {
          const left = placeOf(columns, column);
          const hidden = masked?.(row, column);
          const color = scale.color(value);
          const style =
            top === undefined || left === undefined || !fits
              ? ''
              : `${place(left, top, columns.cell - 1, rows.cell - 1)}; line-height: ${px(rows.cell - 1)}` +
                (hidden ? '' : `; background-color: ${color}; color: ${textOn(color, theme)}`);
          return html`<span role="gridcell" class="number" id=${cellId(row, column)} aria-label=${spoken(block, row, column)} .style=${style}
            >${hidden ? html`<span class="visually-hidden">masked</span>` : block.print!(value)}</span
          >`;
        })}
      </div>`;
    });
  }

  #leave(): void {
    this.#hovered.forget();
    this.#props!.point(undefined);
  }

  #onPointer(event: MouseEvent, id: string): void {
    const {point, choose = point, blocks} = this.#props!;
    const block = this.#layout?.blocks[id];
    if (!block) return;
    const isClick = event.type === 'click';
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const find = isClick ? entryOrHidden : entryAt;
    const row = blocks[id]!.only ?? find(block.rows, event.clientY - box.top);
    const column = find(block.columns, event.clientX - box.left);
    if (row === undefined || column === undefined) return;
    if (isClick) choose({block: id, row, column});
    else if (this.#hovered.changed(id, row, column)) point({block: id, row, column});
  }

  #onKeydown(event: KeyboardEvent, id: string): void {
    const {blocks, highlighted, point, choose = point} = this.#props!;
    const {values, only} = blocks[id]!;
    if (event.key === 'Escape') {
      point(undefined);
      return;
    }
    const from = highlighted?.block === id ? highlighted : {};
    const size = {rows: values.length, columns: values[0]!.length};
    const {row, column = 0} = moveCell(event, from, size) ?? {};
    if (row === undefined) return;
    event.preventDefault();
    choose({block: id, row: only ?? row, column});
  }

  /** After each render: draws what has changed. */
  paint(root: ParentNode): void {
    const [props, layout] = [this.#props, this.#layout];
    const canvas = root.querySelector<HTMLCanvasElement>(`.product[data-name="${props?.name}"] canvas`);
    if (!props || !layout || !canvas) return;
    const {blocks, theme, highlighted, row, bars, marks} = props;
    const contents = Object.values(blocks).flatMap(({values, scale, empty, pale, only, masked}) => [
      values,
      scale.domain[1],
      empty,
      pale,
      only,
      masked?.(0, 0),
      masked?.(0, 1),
    ]);
    const drawn = JSON.stringify([highlighted, row, this.#pinned, bars?.values, marks]);
    if (
      this.#painted.changed(canvas, theme, layout.width, layout.height, drawn, devicePixelRatio, ...contents)
    )
      drawScene(new CanvasSurface(canvas, layout.width, layout.height), props, layout, theme);
  }
}

/** The entry at a place; on a band, one in the middle of those that it hides. */
function entryOrHidden(track: BlockLayout['rows'], at: number): number | undefined {
  const band = track.bands.find((one) => at >= one.at && at < one.at + track.band);
  return band ? band.from + Math.floor(band.hidden / 2) : entryAt(track, at);
}

function renderWord(word: Word): TemplateResult {
  const {kind, x, y, width, height, align, turn, role, isStrong} = word;
  const [base, subscript] = splitName(word);
  return html`<span
    class="word ${kind} ${align ?? ''} ${turn ?? ''} ${role ?? ''} ${isStrong ? 'highlighted' : ''}"
    aria-hidden=${kind === 'title' || kind === 'shape' || kind === 'later' ? nothing : 'true'}
    .style=${place(x, y, width, height)}
    >${base}${subscript ? html`<sub>${subscript}</sub>` : nothing}</span
  >`;
}

/** A cell in words, with its value. */
export function spoken(
  {nameOf, values, print = number, masked}: ProductBlock,
  row: number,
  column: number,
): string {
  return `${nameOf(row, column)}: ${masked?.(row, column) ? 'masked' : print(values[row]![column]!)}`;
}
