/** Draws what the element has rendered the canvases for: each again only when what it shows has changed. */
import {Memo} from '../../ui/base/memo.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {drawMatrix} from '../../viz/matrix.js';
import {drawPixelMatrix, pixelMatrixSteps} from '../../viz/pixel-matrix.js';
import type {Theme} from '../../viz/theme.js';
import {headMatrix} from './attention-data.js';
import type {AttentionDrawing} from './attention-drawing.js';
import {paintLens} from './lens.js';
import {paintLinks, paintLitLinks} from './links-view.js';
import type {MatrixLayout} from './matrix-layout.js';
import type {Scene} from './scene.js';

/**
 * Milliseconds of drawing at a time: 144 heads of a long text take longer than a page may stand still, and what is drawn
 * has then to be put on the screen, which takes several times as long.
 */
const BUDGET_MS = 10;
/** From so many tokens on, the large matrix waits for the next frame: this one has had its labels. */
const MANY = 65;

export class Painter {
  readonly #cells = new Memo();
  readonly #highlightedUp = new Memo();
  readonly #small = new Memo();
  /** What is still to be drawn. */
  #largeSteps?: Iterator<void>;
  #smallSteps?: Iterator<void>;
  #frame = 0;
  #waiting: (() => void)[] = [];

  /** Settles once nothing is left to be drawn. */
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
      this.#highlightedUp.changed(overlay, drawing, links, highlighted.query, highlighted.key, ratio)
    )
      if (links) paintLitLinks(overlay, links, drawing, highlighted);
      else paintLens(overlay, drawing, hidden === undefined ? highlighted : {}, theme); // nothing is betrayed
    const buttons = [...root.querySelectorAll<HTMLElement>('.thumb')];
    if (this.#small.changed(data, layout.thumbnail, scale, theme, ratio, buttons[0], buttons.length))
      this.#smallSteps = smallSteps(buttons, scene);
    if (this.#largeSteps || this.#smallSteps) this.#workOn();
  }

  /** Ends what is still to be drawn; the next `paint` draws all anew. */
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

  /** The large matrix, then the small pictures, as much in a frame as the page has time for; this frame has had its share. */
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

/** A small picture a step. */
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
