import {html, nothing, type TemplateResult} from 'lit';
import {indexFor, keyTarget} from '../../ui/base/stepping.js';
import type {BatchView} from './batch-source.js';
import {type Cell, roleOf} from './batch-words.js';

export interface TableView {
  batch: BatchView;
  kind: 'inputs' | 'targets';
  /** The first column on show, and how many. */
  from: number;
  columns: number;
  /** CSS pixels of a column. */
  width: number;
  /** Shows ids instead of tokens. */
  ids: boolean;
  name: (id: number) => string;
  highlighted?: Cell;
  /** The row whose text is shown. */
  chosen: number;
  point(cell: Cell | undefined): void;
  choose(row: number): void;
}

const cellOf = (event: Event): Cell | undefined => {
  const cell = (event.target as Element).closest<HTMLElement>('td[data-column]');
  return cell ? {row: Number(cell.dataset.row), column: Number(cell.dataset.column)} : undefined;
};

/** One tensor of the batch: rows are sequences, columns are positions. The arrow keys move between positions. */
export function renderTable(view: TableView): TemplateResult {
  const {batch, kind, from, columns, ids, name, highlighted, chosen} = view;
  const {batchSize: B, length: T} = batch.tokens;
  const values = kind === 'inputs' ? batch.tokens.ids : batch.labels;
  const shown = Array.from({length: Math.min(columns, T - from)}, (_, i) => from + i);
  /** The cell that the Tab key reaches. */
  const current =
    highlighted && shown.includes(highlighted.column) ? highlighted : {row: chosen, column: from};

  const cell = (row: number, column: number): TemplateResult => {
    const value = values[row * T + column]!;
    const role = roleOf(batch, {row, column});
    const masked = kind === 'targets' ? role !== 'learned' : role === 'padding';
    const same = highlighted?.row === row && highlighted.column === column;
    // The target is the input at the next position.
    const linked =
      kind === 'inputs' &&
      highlighted?.row === row &&
      highlighted.column + 1 === column &&
      isLearned(batch, highlighted);
    const text = value < 0 ? html`<span class="none">−100</span>` : ids ? value : name(value);
    return html`<td
      role="gridcell"
      class="${masked ? `masked ${role}` : ''} ${same ? 'highlighted' : ''} ${linked ? 'linked' : ''}"
      tabindex=${current.row === row && current.column === column ? 0 : -1}
      data-row=${row}
      data-column=${column}
      aria-label=${value < 0 ? `−100, no target, ${role}` : role === 'padding' ? `${ids ? value : name(value)}, padding` : nothing}
      >${text}</td
    >`;
  };

  const onKeydown = (event: KeyboardEvent): void => {
    const at = cellOf(event);
    if (!at) return;
    const along = indexFor(event, at.column, T);
    const row =
      along === undefined ? keyTarget(event, {ArrowUp: at.row - 1, ArrowDown: at.row + 1}, B - 1) : at.row;
    if (row === undefined) return;
    const column = along ?? at.column;
    view.point({row, column});
    view.choose(row);
    // The next rendering may have to bring its column into view first.
    const table = event.currentTarget as HTMLElement;
    requestAnimationFrame(() =>
      table.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus(),
    );
  };

  const title = kind === 'inputs' ? 'Inputs' : 'Targets';
  return html`<div class="frame">
    <table
      role="grid"
      class=${kind}
      part=${kind}
      aria-label="${title}, ${B} by ${T}"
      .style="--column: ${view.width}px"
      @keydown=${onKeydown}
      @focusin=${(event: Event) => view.point(cellOf(event))}
      @pointerover=${(event: PointerEvent) => event.pointerType !== 'touch' && view.point(cellOf(event))}
      @pointerleave=${() => view.point(undefined)}
      @click=${(event: Event) => {
        const at = cellOf(event);
        if (!at) return;
        view.point(at);
        view.choose(at.row);
      }}
    >
      <caption>
        <b>${title}</b> <span class="shape">[${B}, ${T}]</span>
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">row</span></th>
          ${shown.map((column) => html`<th scope="col" class=${column === highlighted?.column ? 'highlighted' : ''}>${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          {length: B},
          (_, row) =>
            html`<tr class=${row === chosen ? 'chosen' : ''}>
              <th scope="row">
                <button class="link" aria-pressed=${row === chosen} title=${batch.origins?.[row]?.label ?? ''} @click=${() => view.choose(row)}>
                  ${row}
                </button>
              </th>
              ${shown.map((column) => cell(row, column))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const isLearned = (batch: BatchView, cell: Cell): boolean => roleOf(batch, cell) === 'learned';
