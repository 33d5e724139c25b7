import {html, nothing, type TemplateResult} from 'lit';
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {textOn} from '../../../viz/color.js';
import {
  type Axis,
  type BlockLayout,
  type BlockShape,
  type BoardColumn,
  type BoardLayout,
  hasLabels,
  layOut,
  TITLE,
} from '../../../viz/matrix-product/layout.js';
import {type BlockData, drawBoard, drawSweep, type Mark} from '../../../viz/matrix-product/paint.js';
import {drawTerms, stackTerms, type Terms, termsOf} from '../../../viz/matrix-product/terms.js';
import {BAND, entryAt, placeOf, stretchOf} from '../../../viz/matrix-product/track.js';
import type {Theme} from '../../../viz/theme.js';
import {number} from '../../base/format.js';
import {Memo} from '../../base/memo.js';
import {moveCell} from '../table-view.js';
import {type Bars, drawBars, renderBars} from './product-bars.js';

/** A cell of one of the blocks. */
export interface ProductCell {
  block: string;
  row: number;
  column: number;
}

/** A matrix of the figure. */
export interface ProductBlock extends BlockShape, BlockData {
  /** Its name in a formula. */
  title: TemplateResult | string;
  /** In the field's notation, e.g. `[T, D]`. */
  symbols: string;
  /** What it is, for those who do not see it. */
  label: string;
  /** Whose color its name and its marks have: `query`, `key`, `value`, `attention`. */
  role?: 'query' | 'key' | 'value' | 'attention';
  /** Writes the values, also into the cells where they are wide enough. Default: three significant digits. */
  print?: (value: number) => string;
  /** What a cell is, without its value: “number 3 of the query of Mia”. */
  nameOf: (row: number, column: number) => string;
  /** The blocks that it is the product of. */
  product?: {left: string; right: string};
  /** The block whose rows its rows are made of, e.g. by a softmax. */
  madeOf?: string;
  /** The roles of its pieces, as `role`. */
  pieceRoles?: readonly ('query' | 'key' | 'value')[];
  /** What an empty block will show: “step 3”. */
  later?: string;
  /** Makes each number a field. */
  edit?: (row: number, column: number, value: number) => void;
}

export interface ProductProps {
  /** Tells one view of an element from another. */
  name: string;
  axes: Readonly<Record<string, Axis>>;
  blocks: Readonly<Record<string, ProductBlock>>;
  columns: readonly BoardColumn[];
  heights?: readonly [above: number, below: number];
  head?: number;
  theme: Theme;
  /** Pixels of room. */
  width: number;
  /** The cell whose row, column and terms are shown. */
  highlighted?: ProductCell;
  point: (cell: ProductCell | undefined) => void;
  /** The row that is followed through all lower blocks. */
  row?: number;
  /** The highlighted cell's arithmetic in words, above its stack of terms. */
  arithmetic?: (terms: Terms | undefined) => TemplateResult;
  /** Frames that stay, whatever is highlighted. */
  marks?: readonly Mark[];
  /** Something of the page's own in the spaces above lower blocks. */
  inSpaces?: (layout: BoardLayout) => TemplateResult;
  /** Shares as bars above a block that has nothing above it. */
  bars?: Bars;
  /** What happens between two columns, e.g. “softmax”, by the index of the right one. */
  between?: Readonly<Record<number, string>>;
}

/** A space that is smaller has its arithmetic below the board. */
const ROOM_FOR_ARITHMETIC = {width: 180, height: 120};
/** Pixels that it takes there. */
const BELOW = 72;
/** Blocks up to this size have all their numbers in the page; of larger ones, the cell that is highlighted. */
const MOST_NUMBERS = 150;
/** A narrower block has no room for its shape, and one of less than twice this for its symbols. */
const ROOM_FOR_SHAPE = 56;
/** A character of a number, 12 pixels high, and the space around a number. */
const CHARACTER = 7.3;
const NUMBER_HEIGHT = 15;

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
  /** Entries that the keyboard has led to and that folding would hide. */
  readonly #pinned: Record<string, number> = {};
  readonly #painted = new Memo();

  /** Returns how high the tallest of several boards is, so that steps of a figure can share one height. */
  static height(
    boards: readonly Pick<ProductProps, 'axes' | 'blocks' | 'columns' | 'heights' | 'head'>[],
    width: number,
  ): number {
    return Math.max(
      ...boards.map((board) => {
        const layout = layOut(board, width);
        return layout.height + (hasRoomInside(layout) ? 0 : BELOW);
      }),
    );
  }

  render(props: ProductProps): TemplateResult {
    this.#props = props;
    this.#pin(props);
    const layout = (this.#layout = layOut({...props, axes: this.#axes(props)}, props.width));
    const {arithmetic, bars, name} = props;
    const inside = hasRoomInside(layout);
    const words = arithmetic?.(this.#terms(props));
    const [first] = layout.spaces;
    return html`<div class="product" data-name=${name}>
      <div class="board" .style="width: ${px(layout.width)}; height: ${px(layout.height)}">
        <canvas aria-hidden="true" .style=${place(0, 0, layout.width, layout.height)}></canvas>
        ${Object.keys(layout.blocks).map((id) => this.#renderBlock(id, layout))}
        ${bars && layout.blocks[bars.block] ? renderBars(bars, layout) : nothing}
        ${props.inSpaces?.(layout) ?? nothing}
        ${Object.entries(props.between ?? {}).map(([column, text]) => this.#renderBetween(Number(column), text, layout))}
        ${inside && words ? html`<div class="arithmetic" .style="width: ${px(first!.width)}">${words}</div>` : nothing}
      </div>
      ${!inside && words ? html`<div class="arithmetic">${words}</div>` : nothing}
    </div>`;
  }

  #axes({axes}: ProductProps): Record<string, Axis> {
    return Object.fromEntries(
      Object.entries(axes).map(([name, axis]) => {
        const pinned = this.#pinned[name];
        return [name, pinned === undefined ? axis : {...axis, pinned: [...(axis.pinned ?? []), pinned]}];
      }),
    );
  }

  /** Pins what is highlighted and folded away. What is in sight stays where it is. */
  #pin({highlighted, blocks}: ProductProps): void {
    const block = highlighted && blocks[highlighted.block];
    const placed = highlighted && this.#layout?.blocks[highlighted.block];
    if (!block || !placed) return;
    if (placeOf(placed.rows, highlighted.row) === undefined) this.#pinned[block.rows] = highlighted.row;
    if (placeOf(placed.columns, highlighted.column) === undefined)
      this.#pinned[block.columns] = highlighted.column;
  }

  /** The terms of the highlighted cell, if it is a product of blocks of this board. */
  #terms({highlighted, blocks}: ProductProps): Terms | undefined {
    const product = highlighted && blocks[highlighted.block]?.product;
    if (!product) return undefined;
    const [left, right] = [blocks[product.left]!.values, blocks[product.right]!.values];
    return left[highlighted.row] && right[0] && highlighted.column < right[0].length
      ? termsOf(left, right, highlighted.row, highlighted.column)
      : undefined;
  }

  #renderBlock(id: string, layout: BoardLayout): TemplateResult {
    const {blocks, highlighted, name} = this.#props!;
    const [block, at] = [blocks[id]!, layout.blocks[id]!];
    const {x, y, width, height, isAbove} = at;
    const labels = hasLabels(block) ? layout.columnLabels : 0;
    const active = highlighted?.block === id && !block.empty;
    return html`
      <div
        class="product-title ${block.empty ? '' : (block.role ?? '')}"
        .style="left: ${px(x)}; top: ${px(isAbove ? y - labels - TITLE : y + height + 4)}"
      >
        <b>${block.title}</b>
        ${
          width < ROOM_FOR_SHAPE
            ? nothing
            : html`<span class="shape">${width < 2 * ROOM_FOR_SHAPE ? nothing : `${block.symbols} = `}${shapeOf(block)}</span>`
        }
      </div>
      ${this.#renderLabels(block, at, layout)}
      ${
        block.empty
          ? html`<div class="product-block ${id} later" .style=${place(x, y, width, height)}>${block.later}</div>`
          : html`<div
              class="product-block ${id}"
              role="grid"
              tabindex=${block.edit ? nothing : 0}
              aria-label=${block.label}
              aria-rowcount=${block.values.length}
              aria-colcount=${block.values[0]?.length ?? 0}
              aria-activedescendant=${active ? `cell-${name}-${id}-${highlighted.row}-${highlighted.column}` : nothing}
              .style=${place(x, y, width, height)}
              @pointermove=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#onPointer(event, id)}
              @pointerleave=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#props!.point(undefined)}
              @click=${(event: PointerEvent) => this.#onPointer(event, id)}
              @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, id)}
            >
              ${this.#renderCells(id, block, at)}
            </div>`
      }
    `;
  }

  /** All numbers of a small block; of a large one the highlighted cell, for those who do not see it. */
  #renderCells(id: string, block: ProductBlock, {rows, columns}: BlockLayout): unknown {
    const {highlighted, name, theme} = this.#props!;
    const {values, print = number, masked, scale, edit} = block;
    const cellId = (row: number, column: number): string => `cell-${name}-${id}-${row}-${column}`;
    const isSmall = block.print && values.length * values[0]!.length <= MOST_NUMBERS;
    if (!isSmall) {
      if (highlighted?.block !== id || !values[highlighted.row]) return nothing;
      const {row, column} = highlighted;
      return html`<div class="visually-hidden" role="row" aria-rowindex=${row + 1}>
        <span role="gridcell" id=${cellId(row, column)} aria-colindex=${column + 1}>${spoken(block, row, column)}</span>
      </div>`;
    }
    const longest = Math.max(...values.flatMap((row) => Array.from(row, (value) => print(value).length)));
    const fits = edit || (columns.cell >= longest * CHARACTER + 2 && rows.cell >= NUMBER_HEIGHT);
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
          if (edit)
            return html`<span role="gridcell" class="number" .style=${style}><input
              type="number" step="0.1" aria-label=${spoken(block, row, column)} .style=${`color: ${textOn(color, theme)}`}
              .value=${`${value}`}
              @focus=${() => this.#props!.point({block: id, row, column})}
              @change=${(event: Event) => {
                const input = event.target as HTMLInputElement;
                if (Number.isFinite(input.valueAsNumber)) edit(row, column, input.valueAsNumber);
                else input.value = `${value}`; // what is no number changes nothing
              }} /></span>`;
          return html`<span role="gridcell" class="number" id=${cellId(row, column)} aria-label=${spoken(block, row, column)} .style=${style}
            >${hidden ? html`<span class="visually-hidden">masked</span>` : print(value)}</span
          >`;
        })}
      </div>`;
    });
  }

  #renderLabels(block: ProductBlock, at: BlockLayout, layout: BoardLayout): unknown {
    const {axes, highlighted, row: followed} = this.#props!;
    const {rowLabels, columnLabels, turned} = layout;
    if (block.empty) return nothing;
    const rows = block.rowLabels ? axes[block.rows]!.labels : undefined;
    const columns = block.columnLabels ? axes[block.columns]!.labels : undefined;
    const product = highlighted && this.#props!.blocks[highlighted.block];
    const isFactor = (side: 'left' | 'right'): boolean =>
      product?.product?.[side] !== undefined && this.#props!.blocks[product.product[side]!] === block;
    const strongRow = block === product || isFactor('left') ? highlighted!.row : undefined;
    const strongColumn = block === product || isFactor('right') ? highlighted!.column : undefined;
    return html`
      ${
        rows &&
        at.rows.entries.map(
          ({index, at: top}) =>
            html`<span
              class="product-label side ${block.rowLabels} ${block.role ?? ''} ${index === strongRow || (!at.isAbove && index === followed) ? 'highlighted' : ''}"
              aria-hidden="true"
              .style=${place(block.rowLabels === 'left' ? at.x - rowLabels : at.x + at.width, at.y + top, rowLabels, at.rows.cell)}
              >${rows[index]}</span
            >`,
        )
      }
      ${
        columns &&
        at.columns.entries.map(
          ({index, at: left}) =>
            html`<span
              class="product-label top ${turned ? 'turned' : ''} ${block.role ?? ''} ${index === strongColumn ? 'highlighted' : ''}"
              aria-hidden="true"
              .style=${
                turned
                  ? `left: ${px(at.x + left + at.columns.cell / 2 - 4)}; bottom: ${px(layout.height - at.y)}`
                  : place(at.x + left, at.y - columnLabels, at.columns.cell, columnLabels)
              }
              >${columns[index]}</span
            >`,
        )
      }
      ${block.pieceLabels?.map((text, n, {length}) => {
        const size = axes[block.columns]!.size / length;
        const [start, extent] = stretchOf(at.columns, n * size, (n + 1) * size) ?? [0, 0];
        return html`<span
          class="product-label top ${block.pieceRoles?.[n] ?? ''}"
          aria-hidden="true"
          .style=${place(at.x + start, at.y - columnLabels, extent, columnLabels)}
          >${text}</span
        >`;
      })}
      ${
        at.columns.band < BAND
          ? nothing
          : at.columns.bands.map(
              ({at: left, hidden}) =>
                html`<span class="product-label band upright" aria-hidden="true" .style=${place(at.x + left, at.y, BAND, at.height)}>${hidden} more</span>`,
            )
      }
      ${
        at.rows.band < BAND
          ? nothing
          : at.rows.bands.map(
              ({at: top, hidden}) =>
                html`<span class="product-label band" aria-hidden="true" .style=${place(at.x, at.y + top, at.width, BAND)}>${hidden} more</span>`,
            )
      }
    `;
  }

  #renderBetween(
    column: number,
    text: string,
    {spaces, line, blocks}: BoardLayout,
  ): TemplateResult | typeof nothing {
    const {row = 0, columns} = this.#props!;
    const below = columns[column]?.below;
    const block = below === undefined ? undefined : blocks[below];
    const before = spaces[column - 1];
    if (!block || !before) return nothing;
    const left = before.x + before.width;
    const top = line + (placeOf(block.rows, row) ?? 0);
    return html`<span class="product-between" aria-hidden="true" .style=${place(left, top, block.x - left, block.rows.cell)}
      ><span>${text}</span>→</span
    >`;
  }

  #onPointer(event: MouseEvent, id: string): void {
    const {point, blocks, highlighted} = this.#props!;
    const block = this.#layout?.blocks[id];
    if (!block) return;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const row = blocks[id]!.only ?? entryAt(block.rows, event.clientY - box.top);
    const column = entryAt(block.columns, event.clientX - box.left);
    if (row === undefined || column === undefined) return;
    if (highlighted?.block === id && highlighted.row === row && highlighted.column === column) return;
    point({block: id, row, column});
  }

  #onKeydown(event: KeyboardEvent, id: string): void {
    const {blocks, highlighted, point} = this.#props!;
    const {values, edit, only} = blocks[id]!;
    if (edit) return;
    if (event.key === 'Escape') {
      point(undefined);
      return;
    }
    const from = highlighted?.block === id ? highlighted : {};
    const size = {rows: values.length, columns: values[0]!.length, values: []};
    const {row, column = 0} = moveCell(event, from, size) ?? {};
    if (row === undefined) return;
    event.preventDefault();
    point({block: id, row: only ?? row, column});
  }

  /** After each render: draws what has changed. */
  paint(root: ParentNode): void {
    const [props, layout] = [this.#props, this.#layout];
    const canvas = root.querySelector<HTMLCanvasElement>(`.product[data-name="${props?.name}"] canvas`);
    if (!props || !layout || !canvas) return;
    const {blocks, theme, highlighted, row, bars} = props;
    const contents = Object.values(blocks).flatMap(({values, scale, empty, only, masked}) => [
      values,
      scale.domain[1],
      empty,
      only,
      masked?.(0, 1),
    ]);
    if (
      !this.#painted.changed(
        canvas,
        theme,
        layout.width,
        layout.height,
        JSON.stringify([highlighted, row, this.#pinned, bars?.values, props.marks]),
        devicePixelRatio,
        ...contents,
      )
    )
      return;
    const surface = new CanvasSurface(canvas, layout.width, layout.height);
    const marks = this.#marks(props);
    drawBoard(surface, layout, blocks, marks, theme);
    if (props.highlighted && blocks[props.highlighted.block]?.product) {
      const [left, right, cell] = marks.slice(-3) as [Mark, Mark, Mark];
      drawSweep(surface, layout, {left, right, cell});
    }
    if (bars && layout.blocks[bars.block]) drawBars(surface, bars, layout, theme);
    const terms = this.#terms(props);
    const product = highlighted && blocks[highlighted.block]?.product;
    const right = product && layout.blocks[product.right];
    if (!terms || !right || !props.arithmetic || !hasRoomInside(layout)) return;
    const [space] = layout.spaces;
    drawTerms(
      surface,
      {x: 12, y: right.y, width: space!.width - 36, height: right.height},
      stackTerms(terms, right.rows),
      theme,
    );
  }

  /** The followed row; then the highlighted cell with the row and the column that it is made of. */
  #marks({blocks, highlighted, row, theme}: ProductProps): Mark[] {
    const marks: Mark[] = [...(this.#props!.marks ?? [])];
    if (row !== undefined)
      for (const [block, {isAbove}] of Object.entries(this.#layout!.blocks))
        if (!isAbove) marks.push({block, row, color: theme.query});
    if (!highlighted) return marks;
    const {block, column} = highlighted;
    const {product, madeOf} = blocks[block] ?? {};
    const color = (id: string): string => theme[blocks[id]?.role ?? 'text'];
    if (product)
      marks.push(
        {block: product.left, row: highlighted.row, color: color(product.left)},
        {block: product.right, column, color: color(product.right)},
      );
    if (madeOf) marks.push({block: madeOf, row: highlighted.row, color: theme.text});
    marks.push({block, row: highlighted.row, column, color: theme.text});
    return marks;
  }
}

/** Whether the arithmetic fits above the first block. */
const hasRoomInside = ({spaces: [first]}: BoardLayout): boolean =>
  first !== undefined &&
  first.width >= ROOM_FOR_ARITHMETIC.width &&
  first.height >= ROOM_FOR_ARITHMETIC.height;

/** A cell in words, with its value. */
export function spoken(
  {nameOf, values, print = number, masked}: ProductBlock,
  row: number,
  column: number,
): string {
  return `${nameOf(row, column)}: ${masked?.(row, column) ? 'masked' : print(values[row]![column]!)}`;
}

const shapeOf = ({values}: ProductBlock): string => `[${values.length}, ${values[0]?.length ?? 0}]`;
