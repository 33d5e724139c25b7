/** Matrices on few pixels: small pictures of heads, and long texts that have more cells than a screen has pixels. */
import {type ColorScale, parseColor} from './color.js';
import type {Matrix} from './matrix.js';
import type {Theme} from './theme.js';

/** As many shades as a color scale tells apart. */
const SHADES = 1024;
const HATCH_SPACING = 3;
/** Written to once and never by the GPU: 144 small canvases of its would each have to be set up there. */
const IN_MEMORY: CanvasRenderingContext2DSettings = {willReadFrequently: true};

/** The colors of a scale as bytes, evenly over its bar; made when first drawn with. */
const tables = new WeakMap<ColorScale, Uint32Array>();

function shades(scale: ColorScale): Uint32Array {
  let table = tables.get(scale);
  if (table) return table;
  const bytes = new Uint8ClampedArray(4 * (SHADES + 1));
  for (let i = 0; i <= SHADES; i++) {
    bytes.set(parseColor(scale.color(scale.value(i / SHADES))), 4 * i);
    bytes[4 * i + 3] = 255;
  }
  table = new Uint32Array(bytes.buffer);
  tables.set(scale, table);
  return table;
}

/** Rows of pixels: from `top` to below `bottom`. */
export interface Band {
  top: number;
  bottom: number;
}

/**
 * The matrix on `pixels` × `pixels`, or a band of it. A pixel over several cells shows the one furthest from 0, so that a single strong link
 * is not averaged away. Masked cells are hatched, pixel by pixel: paths clipped to 144 triangles would be felt.
 */
export function matrixPixels(
  {size, values, causal}: Matrix,
  pixels: number,
  scale: ColorScale,
  {masked}: Pick<Theme, 'masked'>,
  ratio = 1,
  {top, bottom}: Band = {top: 0, bottom: pixels},
): ImageData {
  const image = new ImageData(pixels, bottom - top);
  const target = new Uint32Array(image.data.buffer);
  const table = shades(scale);
  const [line] = new Uint32Array(Uint8ClampedArray.of(...parseColor(masked), 255).buffer) as unknown as [
    number,
  ];
  const step = Math.max(3, Math.round(HATCH_SPACING * Math.SQRT2 * ratio));
  const start = Int32Array.from({length: pixels}, (_, pixel) => Math.floor((pixel * size) / pixels));
  const end = Int32Array.from({length: pixels}, (_, pixel) =>
    Math.max(start[pixel]! + 1, Math.floor(((pixel + 1) * size) / pixels)),
  );
  for (let y = top; y < bottom; y++)
    for (let x = 0; x < pixels; x++) {
      const pixel = (y - top) * pixels + x;
      // The first column against the last row: all of the pixel's cells are masked.
      if (causal && start[x]! > end[y]! - 1) {
        if ((x + y) % step === 0) target[pixel] = line;
        continue;
      }
      let strongest = 0;
      for (let row = start[y]!; row < end[y]!; row++) {
        const last = causal ? Math.min(end[x]!, row + 1) : end[x]!;
        for (let column = start[x]!; column < last; column++) {
          const value = values[row * size + column]!;
          if (Math.abs(value) > Math.abs(strongest)) strongest = value;
        }
      }
      const place = scale.position(strongest);
      target[pixel] = table[Math.round(Math.min(1, Math.max(0, place)) * SHADES)]!;
    }
  return image;
}

/** Pixels of a step: a few milliseconds. */
const STEP_PIXELS = 1.5e5;

/** Draws the matrix on all of a canvas, `side` CSS pixels wide. */
export function drawPixelMatrix(...drawing: Parameters<typeof pixelMatrixSteps>): void {
  for (const _ of pixelMatrixSteps(...drawing));
}

/** The same in small steps, from top to bottom, so that a page need not stand still for a large one. */
export function* pixelMatrixSteps(
  canvas: HTMLCanvasElement,
  matrix: Matrix,
  side: number,
  scale: ColorScale,
  theme: Theme,
  ratio = devicePixelRatio || 1,
): Generator<void> {
  const pixels = Math.max(1, Math.round(side * ratio));
  if (canvas.width !== pixels || canvas.height !== pixels) canvas.width = canvas.height = pixels;
  const context = canvas.getContext('2d', IN_MEMORY)!;
  const rows = Math.ceil(STEP_PIXELS / pixels);
  for (let top = 0; top < pixels; top += rows) {
    const band = {top, bottom: Math.min(pixels, top + rows)};
    context.putImageData(matrixPixels(matrix, pixels, scale, theme, ratio, band), 0, top);
    yield;
  }
}
