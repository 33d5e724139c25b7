/**
 * What every drawing is drawn on. A drawing is a function `draw(surface, data, theme)`; drawn on a
 * `CanvasSurface` it is on screen or in a PNG, drawn on an `SvgSurface` it is a vector file.
 * Units are CSS pixels, y points down. Paths are written as in SVG (`M0 0L10 10`).
 */
export interface ShapeStyle {
  fill?: string;
  stroke?: string;
  /** Default 1. */
  lineWidth?: number;
  dash?: readonly number[];
}

export interface TextStyle {
  fill: string;
  /** Font size in pixels. */
  size: number;
  /** Default: the page's sans-serif for words. */
  font?: string;
  weight?: number;
  /** Which point of the text (x, y) is, along the line. Default `start`. */
  anchor?: 'start' | 'middle' | 'end';
  /** … and across it. Default `middle`. */
  baseline?: 'top' | 'middle' | 'bottom';
  /** Degrees, clockwise around (x, y). */
  rotate?: number;
  /** A halo in this color, so that text stays legible over lines. */
  halo?: string;
}

export interface HatchStyle {
  stroke: string;
  /** Pixels between two diagonals, across. */
  spacing: number;
  lineWidth?: number;
}

export interface Surface {
  readonly width: number;
  readonly height: number;
  rect(x: number, y: number, width: number, height: number, style: ShapeStyle): void;
  line(x1: number, y1: number, x2: number, y2: number, style: ShapeStyle): void;
  path(d: string, style: ShapeStyle): void;
  text(text: string, x: number, y: number, style: TextStyle): void;
  /** Fills a closed path with diagonals: masked, hidden, ignored. Neighboring hatches join. */
  hatch(d: string, style: HatchStyle): void;
  /** A grid of cells without gaps, row by row, each in its color; a cell without one shows what is below. Cells are `cell` wide, and as high unless told. */
  grid(
    x: number,
    y: number,
    cell: number,
    columns: number,
    colors: readonly (string | undefined)[],
    height?: number,
  ): void;
  /** What `draw` draws shows only inside the rectangle. */
  clip(x: number, y: number, width: number, height: number, draw: () => void): void;
}

export const SANS = 'system-ui, sans-serif';
