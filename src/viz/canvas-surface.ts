import {parseColor, type Rgb} from './color.js';
import {type HatchStyle, SANS, type ShapeStyle, type Surface, type TextStyle} from './surface.js';

/** For canvases that others are drawn from: to copy one out of the GPU's memory makes the page wait for the GPU. */
const IN_MEMORY = {willReadFrequently: true};

let scratch: OffscreenCanvas | undefined;

/** Puts pixels into a corner of a canvas that all surfaces share: to make one for each of a hundred small grids takes longer than to draw them. */
function inScratch(pixels: ImageData): OffscreenCanvas {
  if (!scratch || scratch.width < pixels.width || scratch.height < pixels.height)
    scratch = new OffscreenCanvas(
      Math.max(pixels.width, scratch?.width ?? 0),
      Math.max(pixels.height, scratch?.height ?? 0),
    );
  scratch.getContext('2d', IN_MEMORY)!.putImageData(pixels, 0, 0);
  return scratch;
}

/** A surface on a canvas. Sets the canvas's size: `width` × `height` CSS pixels, `ratio` device pixels each. */
export class CanvasSurface implements Surface {
  readonly width: number;
  readonly height: number;
  readonly #context: CanvasRenderingContext2D;
  readonly #ratio: number;

  constructor(canvas: HTMLCanvasElement, width: number, height: number, ratio = devicePixelRatio || 1) {
    this.width = width;
    this.height = height;
    this.#ratio = ratio;
    this.#context = canvas.getContext('2d')!;
    const [columns, rows] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    // Setting the size makes a new buffer, even where it stays the same.
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns;
      canvas.height = rows;
    } else this.#context.reset();
    this.#context.scale(ratio, ratio);
  }

  rect(
    x: number,
    y: number,
    width: number,
    height: number,
    {fill, stroke, lineWidth = 1, dash = []}: ShapeStyle,
  ): void {
    const context = this.#context;
    if (fill) {
      // Edges on device pixels: neighboring cells neither blur nor leave seams.
      const [left, top] = [this.#snap(x), this.#snap(y)];
      context.fillStyle = fill;
      context.fillRect(left, top, this.#snap(x + width) - left, this.#snap(y + height) - top);
    }
    if (!stroke) return;
    this.#pen(stroke, lineWidth, dash);
    context.strokeRect(x, y, width, height);
  }

  line(x1: number, y1: number, x2: number, y2: number, {stroke, lineWidth = 1, dash = []}: ShapeStyle): void {
    if (!stroke) return;
    // A thin line along an axis lies in the middle of a device pixel, so that it is one pixel and not two gray ones.
    const shift = lineWidth <= 1 ? 0.5 / this.#ratio : 0;
    const dx = x1 === x2 ? this.#snap(x1) + shift - x1 : 0;
    const dy = y1 === y2 ? this.#snap(y1) + shift - y1 : 0;
    this.#pen(stroke, lineWidth, dash);
    this.#context.beginPath();
    this.#context.moveTo(x1 + dx, y1 + dy);
    this.#context.lineTo(x2 + dx, y2 + dy);
    this.#context.stroke();
  }

  path(d: string, {fill, stroke, lineWidth = 1, dash = []}: ShapeStyle): void {
    const path = new Path2D(d);
    if (fill) {
      this.#context.fillStyle = fill;
      this.#context.fill(path);
    }
    if (!stroke) return;
    this.#pen(stroke, lineWidth, dash);
    this.#context.stroke(path);
  }

  text(text: string, x: number, y: number, style: TextStyle): void {
    const context = this.#context;
    context.save();
    context.translate(x, y);
    if (style.rotate) context.rotate((style.rotate * Math.PI) / 180);
    context.font = `${style.weight ?? 400} ${style.size}px ${style.font ?? SANS}`;
    context.textAlign = style.anchor === 'middle' ? 'center' : (style.anchor ?? 'start');
    context.direction = 'ltr'; // as in SVG: `start` is the left on every page
    context.textBaseline = style.baseline ?? 'middle';
    if (style.halo) {
      this.#pen(style.halo, 4, []);
      context.strokeText(text, 0, 0);
    }
    context.fillStyle = style.fill;
    context.fillText(text, 0, 0);
    context.restore();
  }

  hatch(d: string, {stroke, spacing, lineWidth = 1}: HatchStyle): void {
    // Lines and not a pattern: the first pattern of a page costs its main thread a tenth of a second.
    const context = this.#context;
    const step = Math.max(2, Math.round(spacing * Math.SQRT2 * this.#ratio)) / this.#ratio;
    context.save();
    context.clip(new Path2D(d));
    this.#pen(stroke, lineWidth, []);
    context.beginPath();
    // Where x + y is a multiple of the step, so that neighboring hatches join.
    for (let sum = step; sum < this.width + this.height; sum += step) {
      const below = Math.min(sum, this.height);
      const right = Math.min(sum, this.width);
      context.moveTo(sum - below, below);
      context.lineTo(right, sum - right);
    }
    context.stroke();
    context.restore();
  }

  grid(
    x: number,
    y: number,
    cell: number,
    columns: number,
    colors: readonly (string | undefined)[],
    height = cell,
  ): void {
    // One pixel a cell, enlarged: far quicker than a rectangle a cell.
    const rows = Math.ceil(colors.length / columns);
    const pixels = new ImageData(columns, rows);
    const bytes = new Map<string, Rgb>();
    colors.forEach((color, i) => {
      if (!color) return;
      let rgb = bytes.get(color);
      if (!rgb) bytes.set(color, (rgb = parseColor(color)));
      pixels.data.set(rgb, 4 * i);
      pixels.data[4 * i + 3] = 255;
    });
    this.#context.imageSmoothingEnabled = false;
    this.#context.drawImage(inScratch(pixels), 0, 0, columns, rows, x, y, columns * cell, rows * height);
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.#context.save();
    this.#context.beginPath();
    this.#context.rect(x, y, width, height);
    this.#context.clip();
    draw();
    this.#context.restore();
  }

  #snap = (value: number): number => Math.round(value * this.#ratio) / this.#ratio;

  #pen(stroke: string, lineWidth: number, dash: readonly number[]): void {
    this.#context.strokeStyle = stroke;
    this.#context.lineWidth = lineWidth;
    this.#context.lineJoin = 'round';
    this.#context.setLineDash([...dash]);
  }
}
