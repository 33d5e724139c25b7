/**
 * Thins a curve to what its pixels can show: of all points within one pixel column the first, the lowest, the
 * highest and the last stay, so that no spike is lost. `xs` ascends. Points that are not finite are left out.
 * @returns the indices that stay, in order.
 */
export function decimate(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  from: number,
  to: number,
  pixels: number,
): number[] {
  const kept: number[] = [];
  const columnOf = (index: number): number => Math.floor(((xs[index]! - from) / (to - from || 1)) * pixels);
  let [first, lowest, highest, last] = [-1, -1, -1, -1];
  const flush = (): void => {
    if (first < 0) return;
    for (const index of [...new Set([first, lowest, highest, last])].sort((a, b) => a - b)) kept.push(index);
  };
  for (let index = 0; index < xs.length; index++) {
    const y = ys[index]!;
    if (!Number.isFinite(y)) continue;
    if (first < 0 || columnOf(index) !== columnOf(first)) {
      flush();
      first = lowest = highest = last = index;
      continue;
    }
    last = index;
    if (y < ys[lowest]!) lowest = index;
    if (y > ys[highest]!) highest = index;
  }
  flush();
  return kept;
}
