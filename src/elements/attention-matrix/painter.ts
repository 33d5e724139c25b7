/** Draws what the element has rendered the canvases for: each again only when what it shows has changed. */
import {Memo} from '../../ui/memo.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {drawMatrix} from '../../viz/matrix.js';
import {drawPixelMatrix} from '../../viz/pixel-matrix.js';
import type {Theme} from '../../viz/theme.js';
import {headMatrix} from './attention-data.js';
import type {AttentionDrawing} from './attention-drawing.js';
import {paintLens} from './lens.js';
import {paintLinks, paintLitLinks} from './links-view.js';
import type {MatrixLayout} from './matrix-layout.js';
import type {Scene} from './scene.js';

/** Milliseconds of drawing at a time: 144 heads of a long text take longer than a page may stand still. */
const BUDGET_MS = 12;

export class Painter {
  readonly #cells = new Memo();
  readonly #litUp = new Memo();
  readonly #small = new Memo();
  #frame = 0;

  paint(root: ParentNode, scene: Scene): void {
    const {data, drawing, links, layout, lit, hidden, weightScale: scale, theme} = scene;
    const canvas = root.querySelector<HTMLCanvasElement>('canvas.cells');
    const ratio = devicePixelRatio || 1;
    if (canvas && drawing && this.#cells.isNew(canvas, drawing, links, ratio))
      if (links) paintLinks(canvas, links, drawing);
      else paintCells(canvas, drawing, layout, theme);
    const overlay = root.querySelector<HTMLCanvasElement>('canvas.overlay');
    if (overlay && drawing && this.#litUp.isNew(overlay, drawing, links, lit.query, lit.key, ratio))
      if (links) paintLitLinks(overlay, links, drawing, lit);
      else paintLens(overlay, drawing, hidden === undefined ? lit : {}, theme); // nothing is betrayed
    const buttons = [...root.querySelectorAll<HTMLElement>('.thumb')];
    if (this.#small.isNew(data, layout.thumbnail, scale, theme, ratio, buttons[0], buttons.length))
      this.#paintSmall(buttons, scene);
  }

  /** Ends what is still to be drawn; the next `paint` draws all anew. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#small.forget();
  }

  /** The small pictures, as many in a frame as the page has time for. */
  #paintSmall(buttons: HTMLElement[], {data, layout, weightScale: scale, theme}: Scene): void {
    cancelAnimationFrame(this.#frame);
    const {tokens, causal} = data;
    const size = tokens.length;
    const side = layout.thumbnail;
    const draw = (button: HTMLElement): void => {
      const weights = data.weights[Number(button.dataset.layer)];
      if (!weights) return;
      const values = headMatrix(weights, Number(button.dataset.head), size);
      drawPixelMatrix(button.querySelector('canvas')!, {size, values, causal}, side, scale, theme);
    };
    const some = (): void => {
      const started = performance.now();
      while (buttons.length && performance.now() - started < BUDGET_MS) draw(buttons.shift()!);
      if (buttons.length) this.#frame = requestAnimationFrame(some);
    };
    // The large matrix has taken its share of this frame.
    this.#frame = requestAnimationFrame(some);
  }
}

function paintCells(
  canvas: HTMLCanvasElement,
  {matrix, options}: AttentionDrawing,
  {fitted}: MatrixLayout,
  theme: Theme,
): void {
  const side = matrix.size * options.cell;
  if (!fitted) drawMatrix(new CanvasSurface(canvas, side, side), matrix, theme, options);
  else drawPixelMatrix(canvas, matrix, side, options.scale, theme);
}
