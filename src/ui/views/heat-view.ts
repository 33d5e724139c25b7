import {html, type TemplateResult} from 'lit';
import type {Matrix} from '../../math/attention.js';
import {signedScale} from '../../viz/color.js';
import {HeldExtent} from '../../viz/nice.js';
import type {Theme} from '../../viz/theme.js';
import {number} from '../base/format.js';
import {type TableCell, TableView} from './table-view.js';

export interface HeatProps {
  /** Above the table: its name in a formula. */
  title: TemplateResult | string;
  /** In the field's notation, e.g. `[T, D] = [8, 16]`. */
  shape: string;
  /** What it is, for those who do not see it. */
  label: string;
  values: Matrix;
  /** Left of the rows; none where rows are too low for writing. */
  rows?: readonly string[];
  /** How a number is introduced when it is read out: “ red, number 3 of its query”. */
  spoken: (row: number, column: number) => string;
  highlighted: TableCell;
  point: (cell: TableCell | undefined) => void;
  theme: Theme;
  width: number;
  rowHeight?: number;
  maxHeight?: number;
}

/** A matrix of signed numbers as colors, with its name and shape: a {@link TableView} whose scale holds still. */
export class HeatView {
  readonly #view: TableView;
  readonly #extent = new HeldExtent();

  readonly #name: string;

  /** @param name Tells one view of an element from another. */
  constructor(name: string, redraw: () => void) {
    this.#name = name;

    this.#view = new TableView(redraw);
  }

  render({title, shape, values, rows, point, label, spoken, theme, ...rest}: HeatProps): TemplateResult {
    const columns = values[0]!.length;
    const flat = flatten(values);
    return html`<div class="heat">
      <p>${title} <span class="shape">${shape}</span></p>
      ${this.#view.render({
        name: this.#name,
        label,
        heatmap: {rows: values.length, columns, values: flat},
        rowLabels: (row) => [rows?.[row] ?? ''],
        labelColumns: [
          {name: '', width: rows ? Math.min(10, Math.max(3, ...rows.map((row) => row.length))) : 0},
        ],
        columnName: '',
        scale: signedScale(theme, this.#extent.hold(flat)),
        theme,
        spoken: (row, column) => `${spoken(row, column)}: ${number(values[row]![column]!)}`,
        hover: point,
        choose: point,
        rowHeight: 20,
        maxHeight: 300,
        ...rest,
      })}
    </div>`;
  }

  /** After each render. */
  paint(root: ParentNode): void {
    this.#view.paint(root);
  }
}

/** Rows one after the other. */
export const flatten = (rows: Matrix): Float32Array =>
  Float32Array.from(rows.flatMap((row) => Array.from(row)));
