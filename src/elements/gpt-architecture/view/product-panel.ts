/** A tensor that is a matrix product in its geometry: each number stands where its row meets its column. */
import {nothing, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../../../ui/base/format.js';
import {arithmeticOf} from '../../../ui/views/matrix-product/arithmetic.js';
import {ProductView} from '../../../ui/views/matrix-product/product-view.js';
import type {ProductCell, Scene} from '../../../viz/matrix-product/scene.js';
import type {Theme} from '../../../viz/theme.js';
import type {TensorDetail} from '../data/detail.js';
import {type Product, productOf, productScene} from '../sources/product.js';

export interface ProductInput {
  detail: TensorDetail;
  chosen: number;
  head: number;
  /** Index on the last axis of the tensor. */
  cell: number;
  theme: Theme;
  /** Pixels of room. */
  width: number;
  /** The reader has chosen a number of the product: its token, and its index on the last axis. */
  choose: (token: number, cell: number) => void;
}

/** The arithmetic of the highlighted number, to what stands in its cell. */
function linesOf(scene: Scene, {bias, divisor, result}: Product): readonly string[] | undefined {
  const {block, row, column} = scene.highlighted!;
  if (block !== 'y') return arithmeticOf(scene);
  const lines = arithmeticOf(scene, {bias: bias?.[column]});
  return divisor === undefined
    ? lines
    : [...(lines ?? []), `/ ${decimals(divisor, 2)} = ${decimals(result[row]![column]!, 2)}`];
}

export class ProductPanel {
  readonly #view = new ProductView();
  #pointed?: ProductCell;
  #product?: Product;
  readonly #changed: () => void;

  /** @param changed Called when another cell is pointed at. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Returns the board; nothing for a tensor that is no product, or whose factors were not given. */
  render({detail, chosen, head, cell, theme, width, choose}: ProductInput): TemplateResult | typeof nothing {
    const product = (this.#product = productOf(detail, head, chosen));
    if (!product) return nothing;
    const tokens = detail.data.tokens.map(visibleToken);
    const column = Math.max(0, product.columns.indexOf(cell));
    const chosenCell = {block: 'y', row: chosen, column};
    const scene = {
      ...productScene(product, {tokens, chosen, theme, width}),
      highlighted: this.#pointed ?? chosenCell,
    };
    return this.#view.render({
      ...scene,
      arithmetic: linesOf(scene, product),
      name: 'product',
      theme,
      width,
      point: (pointed) => {
        this.#pointed = pointed;
        this.#changed();
      },
      choose: (to) => {
        this.#pointed = to.block === 'y' ? undefined : to;
        if (to.block === 'y') choose(to.row, product.columns[to.column]!);
        this.#changed();
      },
    });
  }

  /** After each render. */
  paint(root: ParentNode): void {
    if (this.#product) this.#view.paint(root);
  }
}
