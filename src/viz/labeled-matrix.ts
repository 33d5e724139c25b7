import {drawLegend, LEGEND_HEIGHT, LEGEND_WIDTH, type LegendOptions} from './legend.js';
import {drawMatrix, type Matrix, type MatrixOptions} from './matrix.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

export interface LabeledMatrix {
  title: string;
  /** Labels of the rows and of the columns. */
  labels: readonly string[];
  rowName: string;
  columnName: string;
  matrix: Matrix;
  options: Omit<MatrixOptions, 'x' | 'y'>;
  legend: Omit<LegendOptions, 'x' | 'y'>;
}

const MARGIN = 16;
const TITLE = 28;
const AXIS = 20;
const FONT = 12;
const GAP = 6;

/** A character of a monospaced font is about six tenths of its size wide. */
const labelSpace = (labels: readonly string[]): number =>
  Math.max(...labels.map((label) => label.length)) * FONT * 0.62 + GAP;

/** The space that {@link drawLabeledMatrix} needs. */
export function labeledMatrixSize({labels, matrix, options}: LabeledMatrix): {
  width: number;
  height: number;
} {
  const side = matrix.size * options.cell;
  const space = labelSpace(labels);
  return {
    width: Math.max(2 * MARGIN + AXIS + space + side, 2 * MARGIN + LEGEND_WIDTH),
    height: 2 * MARGIN + TITLE + AXIS + space + side + 12 + LEGEND_HEIGHT,
  };
}

/** A matrix that stands by itself, for export: title, axis names, labels, cells, legend. */
export function drawLabeledMatrix(surface: Surface, drawing: LabeledMatrix, theme: Theme): void {
  const {title, labels, rowName, columnName, matrix, options, legend} = drawing;
  const {cell} = options;
  const space = labelSpace(labels);
  const [x, y] = [MARGIN + AXIS + space, MARGIN + TITLE + AXIS + space];
  const side = matrix.size * cell;
  surface.text(title, MARGIN, MARGIN + 8, {fill: theme.text, size: 14, weight: 600, font: theme.sans});
  const axis = {size: 11, font: theme.sans, anchor: 'middle'} as const;
  surface.text(columnName, x + side / 2, MARGIN + TITLE + 6, {...axis, fill: theme.key});
  surface.text(rowName, MARGIN + 6, y + side / 2, {...axis, fill: theme.query, rotate: -90});
  const size = Math.min(FONT, cell * 0.95);
  labels.forEach((label, i) => {
    const middle = (i + 0.5) * cell;
    surface.text(label, x - GAP, y + middle, {fill: theme.query, size, font: theme.mono, anchor: 'end'});
    surface.text(label, x + middle, y - GAP, {fill: theme.key, size, font: theme.mono, rotate: -90});
  });
  drawMatrix(surface, matrix, theme, {...options, x, y});
  drawLegend(surface, options.scale, theme, {...legend, x: MARGIN, y: y + side + 12});
}
