import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';

/** Draws ⊕: something is added to the stream. */
export function drawPlus(
  surface: Surface,
  x: number,
  y: number,
  radius: number,
  {text, background}: Theme,
): void {
  const circle = `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
  surface.path(circle, {fill: background, stroke: text, lineWidth: 1.25});
  const arm = radius * 0.55;
  surface.line(x - arm, y, x + arm, y, {stroke: text, lineWidth: 1.5});
  surface.line(x, y - arm, x, y + arm, {stroke: text, lineWidth: 1.5});
}
