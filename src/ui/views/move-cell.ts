export interface TableCell {
  row?: number;
  column?: number;
}

/** The index, or the nearest one of `size` entries. */
export const clamp = (index: number, size: number): number => Math.min(size - 1, Math.max(0, index));

const MOVES: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Where a key takes the cursor; undefined for a key that does not move it. */
export function moveCell(
  {key, ctrlKey}: KeyboardEvent,
  {row, column}: TableCell,
  {rows, columns}: {rows: number; columns: number},
): TableCell | undefined {
  if (key === 'Home') return {row: ctrlKey ? 0 : (row ?? 0), column: 0};
  if (key === 'End') return {row: ctrlKey ? rows - 1 : (row ?? 0), column: columns - 1};
  if (key === 'Escape') return {row};
  const move = MOVES[key];
  if (!move) return undefined;
  if (row === undefined) return {row: 0, column: 0};
  if (column === undefined) return move[1] ? {row, column: 0} : {row: clamp(row + move[0], rows)};
  return {row: clamp(row + move[0], rows), column: clamp(column + move[1], columns)};
}
