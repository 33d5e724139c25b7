import {arrowStep, keyTarget} from '../base/stepping.js';

export interface TableCell {
  row?: number;
  column?: number;
}

/** The index, or the nearest one of `size` entries. */
export const clamp = (index: number, size: number): number => Math.min(size - 1, Math.max(0, index));

/** Where a key takes the cursor; undefined for a key that does not move it. */
export function moveCell(
  event: KeyboardEvent,
  {row, column}: TableCell,
  {rows, columns}: {rows: number; columns: number},
): TableCell | undefined {
  const {key, ctrlKey} = event;
  if (event.altKey || event.metaKey) return undefined;
  if (key === 'Home') return {row: ctrlKey ? 0 : (row ?? 0), column: 0};
  if (key === 'End') return {row: ctrlKey ? rows - 1 : (row ?? 0), column: columns - 1};
  if (key === 'Escape') return {row};
  const page = keyTarget(event, {PageUp: -10, PageDown: 10}, 10, -10);
  const move = page === undefined ? arrowStep(event) : ([page, 0] as const);
  if (!move) return undefined;
  if (row === undefined) return {row: 0, column: 0};
  if (column === undefined) return move[1] ? {row, column: 0} : {row: clamp(row + move[0], rows)};
  return {row: clamp(row + move[0], rows), column: clamp(column + move[1], columns)};
}
