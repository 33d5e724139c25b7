/**
 * Returns at most `count` numbers for a vector: where there are more, neighbors share a cell, which holds the one that is
 * furthest from 0.
 */
export function pooled(values: ArrayLike<number>, count: number): number[] {
  const size = Math.ceil(values.length / Math.min(count, values.length));
  const cells: number[] = [];
  for (let start = 0; start < values.length; start += size) {
    let strongest = 0;
    for (let i = start; i < Math.min(start + size, values.length); i++)
      if (Math.abs(values[i]!) > Math.abs(strongest)) strongest = values[i]!;
    cells.push(strongest);
  }
  return cells;
}
