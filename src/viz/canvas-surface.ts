import {parseColor, type Rgb} from './color.js';
import {type HatchStyle, SANS, type ShapeStyle, type Surface, type TextStyle} from './surface.js';

/** For canvases that others are drawn from: to copy one out of the GPU's memory makes the page wait for the GPU. */
const IN_MEMORY = {willReadFrequently: true};

/** Canvases that all surfaces share, one for each size of pixels: to make one for each grid takes longer than to draw it. */
const scratches = new Map<string, OffscreenCanvas>();
const MAX_SCRATCHES = 8;

/** Puts pixels into a canvas of their size: to draw from a larger one takes ten times as long. */
function inScratch(pixels: ImageData): OffscreenCanvas {
  const size = `${pixels.width} ${pixels.height}`;
  let scratch = scratches.get(size);
  if (!scratch) {
    if (scratches.size === MAX_SCRATCHES) scratches.clear();
    scratches.set(size, (scratch = new OffscreenCanvas(pixels.width, pixels.height)));
  }
  scratch.getContext('2d', IN_MEMORY)!.putImageData(pixels, 0, 0);
  return scratch;
}

/** A grid of fewer cells is drawn quicker as rectangles than as an image. */
const FEW_CELLS = 128;

/** Of an array that a drawing hands over again in its next frame. */
const pixelsOfColors = new WeakMap<readonly (string | undefined)[], ImageData>();

/** Returns the colors as pixels, one for each cell: enlarged, they are drawn far quicker than a rectangle for each. */
function pixelsOf(colors: readonly (string | undefined)[], columns: number): ImageData {
  const known = pixelsOfColors.get(colors);
  if (known?.width === columns) return known;
  const pixels = new ImageData(columns, Math.ceil(colors.length / columns));
  const bytes = new Map<string, Rgb>();
  colors.forEach((color, i) => {
    if (!color) return;
    let rgb = bytes.get(color);
    if (!rgb) bytes.set(color, (rgb = parseColor(color)));
    pixels.data.set(rgb, 4 * i);
    pixels.data[4 * i + 3] = 255;
  });
  pixelsOfColors.set(colors, pixels);
  return pixels;
}

/** A surface on a canvas. Sets the canvas's size: `width` × `height` CSS pixels, `ratio` device pixels each. */
export class CanvasSurface implements Surface {
  readonly width: number;
  readonly height: number;
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  readonly #ratio: number;
  /** The canvas’s font: setting it anew, even to the same, takes longer than to draw a word. */
  #font?: string;

  constructor(
    canvas: HTMLCanvasElement | OffscreenCanvas,
    width: number,
    height: number,
    ratio = devicePixelRatio || 1,
  ) {
    this.width = width;
    this.height = height;
    this.#ratio = ratio;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
    const [columns, rows] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    // Setting the size makes a new buffer, even where it stays the same.
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns;
      canvas.height = rows;
    } else this.#context.reset();
    this.#context.scale(ratio, ratio);
    this.#context.direction = 'ltr'; // as in SVG: `start` is the left on every page
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
    const font = `${style.weight ?? 400} ${style.size}px ${style.font ?? SANS}`;
    if (font !== this.#font) context.font = this.#font = font;
    context.textAlign = style.anchor === 'middle' ? 'center' : (style.anchor ?? 'start');
    context.textBaseline = style.baseline ?? 'middle';
    context.save();
    context.translate(x, y);
    if (style.rotate) context.rotate((style.rotate * Math.PI) / 180);
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
    if (colors.length <= FEW_CELLS) {
      this.#cells(x, y, cell, columns, colors, height);
      return;
    }
    const pixels = pixelsOf(colors, columns);
    this.#context.imageSmoothingEnabled = false;
    this.#context.drawImage(
      inScratch(pixels),
      0,
      0,
      columns,
      pixels.height,
      x,
      y,
      columns * cell,
      pixels.height * height,
    );
  }

  /** A rectangle for each cell, its edges on device pixels. */
  #cells(
    x: number,
    y: number,
    width: number,
    columns: number,
    colors: readonly (string | undefined)[],
    height: number,
  ): void {
    const context = this.#context;
    const {a: across, d: down, e: left, f: top} = context.getTransform();
    const edgeX = (column: number): number =>
      (Math.round((x + column * width) * across + left) - left) / across;
    const edgeY = (row: number): number => (Math.round((y + row * height) * down + top) - top) / down;
    colors.forEach((color, i) => {
      if (!color) return;
      const [column, row] = [i % columns, Math.floor(i / columns)];
      const [x1, y1] = [edgeX(column), edgeY(row)];
      context.fillStyle = color;
      context.fillRect(x1, y1, edgeX(column + 1) - x1, edgeY(row + 1) - y1);
    });
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.#context.save();
    this.#context.beginPath();
    this.#context.rect(x, y, width, height);
    this.#context.clip();
    draw();
    this.#context.restore();
    this.#font = undefined;
  }

  #snap = (value: number): number => Math.round(value * this.#ratio) / this.#ratio;

  #pen(stroke: string, lineWidth: number, dash: readonly number[]): void {
    this.#context.strokeStyle = stroke;
    this.#context.lineWidth = lineWidth;
    this.#context.lineJoin = 'round';
    this.#context.setLineDash([...dash]);
  }
}
