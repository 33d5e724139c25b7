import {html, nothing, type TemplateResult} from 'lit';
import {type ColorScale, textOn} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import {sideways} from '../base/sideways.js';
import {arrowStep} from '../base/stepping.js';

export interface NumberCell {
  row: number;
  column: number;
}

export interface NumberTableProps {
  /** What the table is, as its caption: “scores = q · k”. */
  caption: TemplateResult | string;
  /** Shape in the field's notation, e.g. `[T, D] = [5, 3]`. */
  shape?: string;
  /** Heads of the rows (tokens, mostly) and of the columns. */
  rows: readonly string[];
  columns: readonly string[];
  values: readonly ArrayLike<number>[];
  scale: ColorScale;
  theme: Theme;
  print: (value: number) => string;
  /** Hatched, and read out as “masked”. */
  masked?: (cell: NumberCell) => boolean;
  /** Empty, and read out as “not measured yet”. */
  unmeasured?: (cell: NumberCell) => boolean;
  /** Struck out: computed, and dropped. */
  dropped?: (cell: NumberCell) => boolean;
  /** Framed: cells that a text beside the table speaks of. */
  framed?: (cell: NumberCell) => boolean;
  /** What is pointed at here or elsewhere: a whole row or column where the other is left out. */
  highlighted?: Partial<NumberCell>;
  point?: (cell: NumberCell | undefined) => void;
  /** The role colors of row and column heads: `query`, `key`, `value`. */
  rowRole?: string;
  columnRole?: string;
  /** Makes each number a field. */
  edit?: (cell: NumberCell, value: number) => void;
}

/**
 * A small matrix as a table of the page: numbers in cells whose color says the same. For a handful of tokens; what is
 * larger belongs on a canvas. Pointing and arrow keys report the cell, so that other tables can light up with it.
 */
export function renderNumberTable(props: NumberTableProps): TemplateResult {
  const {caption, shape, rows, columns, values, highlighted, point, edit, rowRole, columnRole} = props;
  const pointed = (event: Event): void => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-cell]');
    if (!cell) return;
    const [row, column] = cell.dataset.cell!.split(' ').map(Number) as [number, number];
    point?.({row, column});
  };
  const moved = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') point?.(undefined);
    const step = edit ? undefined : arrowStep(event);
    if (!step) return;
    const within = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));
    point?.({
      row: within((highlighted?.row ?? -step[0]) + step[0], rows.length),
      column: within((highlighted?.column ?? -step[1]) + step[1], columns.length),
    });
  };
  return html`<div class="number-table-frame" ${sideways()}>
    <table
      class="number-table"
      tabindex=${point && !edit ? 0 : nothing}
      @pointerover=${point ? pointed : nothing}
      @pointerleave=${point ? (event: PointerEvent) => event.pointerType !== 'touch' && point(undefined) : nothing}
      @click=${point ? pointed : nothing}
      @focusin=${point && edit ? pointed : nothing}
      @keydown=${point ? moved : nothing}
    >
      <caption>
        ${caption}${shape ? html` <span class="shape">${shape}</span>` : nothing}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${columns.map(
            (name, column) =>
              html`<th scope="col" class="${columnRole ?? ''} ${highlighted?.column === column ? 'highlighted' : ''}">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (name, row) => html`<tr>
            <th scope="row" class="${rowRole ?? ''} ${highlighted?.row === row ? 'highlighted' : ''}">${name}</th>
            ${columns.map((_, column) => renderCell(props, {row, column}, values[row]![column]!))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderCell(props: NumberTableProps, cell: NumberCell, value: number): TemplateResult {
  const {rows, columns, scale, theme, print, masked, unmeasured, dropped, framed, highlighted, edit} = props;
  const place = `${cell.row} ${cell.column}`;
  const onRow = highlighted?.row === cell.row;
  const onColumn = highlighted?.column === cell.column;
  const here =
    onRow && onColumn
      ? 'here'
      : (onRow && highlighted?.column === undefined) || (onColumn && highlighted?.row === undefined)
        ? 'along'
        : '';
  if (masked?.(cell))
    return html`<td class="masked ${here}" data-cell=${place}><span class="visually-hidden">masked</span></td>`;
  if (unmeasured?.(cell))
    return html`<td class=${here} data-cell=${place}><span class="visually-hidden">not measured yet</span></td>`;
  const color = scale.color(value);
  const style = `background-color: ${color}; color: ${textOn(color, theme)}`;
  if (edit)
    return html`<td class=${here} data-cell=${place}>
      <input
        type="number"
        step="0.1"
        .style=${style}
        aria-label="${rows[cell.row]}, ${columns[cell.column]}"
        .value=${`${value}`}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          if (Number.isFinite(input.valueAsNumber)) edit(cell, input.valueAsNumber);
          else input.value = `${value}`; // what is no number changes nothing
        }}
      />
    </td>`;
  return html`<td class="${here} ${dropped?.(cell) ? 'dropped' : ''} ${framed?.(cell) ? 'framed' : ''}" .style=${style} data-cell=${place}>${print(value)}</td>`;
}
