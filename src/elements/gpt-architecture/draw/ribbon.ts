/** The residual stream of one token: a ribbon as thick as the vector is long, which changes where something is added. */
import type {Surface} from '../../../viz/surface.js';

export interface RibbonPoint {
  x: number;
  /** Half the thickness from here on. */
  half: number;
}

/** How far before and after a point the ribbon changes its thickness. */
const EASE = 9;

/** Draws a ribbon along `y` from its first point to `end`. */
export function drawRibbon(
  surface: Surface,
  points: readonly RibbonPoint[],
  {y, end, fill}: {y: number; end: number; fill: string},
): void {
  const [first, ...rest] = points;
  if (!first) return;
  let upper = `M${px(first.x)} ${px(y - first.half)}`;
  const lower: string[] = [];
  let half = first.half;
  for (const point of rest) {
    const [left, right] = [px(point.x - EASE), px(point.x + EASE)];
    const [from, to] = [half, point.half];
    const middle = px(point.x);
    upper += `H${left}C${middle} ${px(y - from)} ${middle} ${px(y - to)} ${right} ${px(y - to)}`;
    lower.unshift(`H${right}C${middle} ${px(y + to)} ${middle} ${px(y + from)} ${left} ${px(y + from)}`);
    half = to;
  }
  surface.path(`${upper}H${px(end)}V${px(y + half)}${lower.join('')}H${px(first.x)}Z`, {fill});
}

/** Returns half the thickness for a vector of this length: it grows with the root, so that the short vectors of the start are seen too. */
export const halfThickness = (norm: number, most: number, reach: number): number =>
  Math.max(0.6, Math.min(1, Math.sqrt(norm / most)) * reach);

const px = (value: number): number => Math.round(value * 10) / 10;
