/** Draws the canvases of a scene; each again only if what it shows has changed. */
import {Memo} from '../../../ui/base/memo.js';
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {drawMatrix} from '../../../viz/matrix.js';
import {drawPixelMatrix, pixelMatrixSteps} from '../../../viz/pixel-matrix.js';
import type {Theme} from '../../../viz/theme.js';
import {headMatrix} from '../data/attention-data.js';
import type {AttentionDrawing} from './attention-drawing.js';
import {paintLens} from './lens.js';
import {paintHighlightedLinks, paintLinks} from './links-view.js';
import type {MatrixLayout} from './matrix-layout.js';
import type {Scene} from './scene.js';

/**
 * Milliseconds of drawing per frame: 144 heads of a long text would block the page. Compositing what is drawn takes several
 * times as long.
 */
const BUDGET_MS = 10;
/** From so many tokens on, the large matrix is drawn in the next frame: this one renders its labels. */
const MANY = 65;

export class Painter {
  readonly #cells = new Memo();
  readonly #overlay = new Memo();
  readonly #small = new Memo();
  /** Drawing that is still to be done. */
  #largeSteps?: Iterator<void>;
  #smallSteps?: Iterator<void>;
  #frame = 0;
  #waiting: (() => void)[] = [];

  /** Resolves once everything is drawn. */
  async drawn(): Promise<void> {
    if (this.#largeSteps || this.#smallSteps)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  paint(root: ParentNode, scene: Scene): void {
    const {data, drawing, links, layout, highlighted, hidden, weightScale: scale, theme} = scene;
    const canvas = root.querySelector<HTMLCanvasElement>('canvas.cells');
    const ratio = devicePixelRatio || 1;
    if (canvas && drawing && this.#cells.changed(canvas, drawing, links, ratio)) {
      const isLong = !links && drawing.matrix.size >= MANY;
      this.#largeSteps = isLong ? cellSteps(canvas, drawing, layout, theme) : undefined;
      if (links) paintLinks(canvas, links, drawing);
      else if (!isLong) paintCells(canvas, drawing, theme);
    }
    const overlay = root.querySelector<HTMLCanvasElement>('canvas.overlay');
    if (
      overlay &&
      drawing &&
      this.#overlay.changed(overlay, drawing, links, highlighted.query, highlighted.key, ratio)
    )
      if (links) paintHighlightedLinks(overlay, links, drawing, highlighted);
      else paintLens(overlay, drawing, hidden === undefined ? highlighted : {}, theme); // an exercise hides its answer
    const buttons = [...root.querySelectorAll<HTMLElement>('.thumb')];
    if (this.#small.changed(data, layout.thumbnail, scale, theme, ratio, buttons[0], buttons.length))
      this.#smallSteps = smallSteps(buttons, scene);
    if (this.#largeSteps || this.#smallSteps) this.#workOn();
  }

  /** Stops drawing; the next `paint` draws everything again. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#largeSteps = this.#smallSteps = undefined;
    this.#cells.forget();
    this.#small.forget();
    this.#settle();
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Draws the large matrix, then the small pictures, a few milliseconds per frame, starting with the next one. */
  #workOn(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const end = performance.now() + BUDGET_MS;
      while (performance.now() < end && (this.#largeSteps || this.#smallSteps))
        if (this.#largeSteps?.next().done) this.#largeSteps = undefined;
        else if (!this.#largeSteps && this.#smallSteps?.next().done) this.#smallSteps = undefined;
      if (this.#largeSteps || this.#smallSteps) this.#workOn();
      else this.#settle();
    });
  }
}

function paintCells(canvas: HTMLCanvasElement, {matrix, options}: AttentionDrawing, theme: Theme): void {
  const side = matrix.size * options.cell;
  drawMatrix(new CanvasSurface(canvas, side, side), matrix, theme, options);
}

function* cellSteps(
  canvas: HTMLCanvasElement,
  drawing: AttentionDrawing,
  {fitted}: MatrixLayout,
  theme: Theme,
): Generator<void> {
  const {matrix, options} = drawing;
  if (fitted) yield* pixelMatrixSteps(canvas, matrix, matrix.size * options.cell, options.scale, theme);
  else paintCells(canvas, drawing, theme);
}

/** Draws one small picture per step. */
function* smallSteps(
  buttons: readonly HTMLElement[],
  {data, layout, weightScale: scale, theme}: Scene,
): Generator<void> {
  const {tokens, causal} = data;
  const size = tokens.length;
  for (const button of buttons) {
    const weights = data.weights[Number(button.dataset.layer)];
    if (!weights) continue;
    const values = headMatrix(weights, Number(button.dataset.head), size);
    drawPixelMatrix(button.querySelector('canvas')!, {size, values, causal}, layout.thumbnail, scale, theme);
    yield;
  }
}
