/** What diagrams are made of: boxes with words, arrows, and small matrices. */
import type {Surface} from '../../../../viz/surface.js';
import type {Theme} from '../../../../viz/theme.js';
import type {Box} from '../../layout/map-layout.js';

export interface Words {
  /** In the middle of the box. */
  name: string;
  /** Below it, smaller: a shape, a count. */
  note?: string;
}

const [NAME, NOTE] = [14, 12];

/** Draws a box with words. @param color of its edge */
export function drawBox(
  surface: Surface,
  {x, y, width, height}: Box,
  {name, note}: Words,
  color: string,
  theme: Theme,
): void {
  surface.rect(x, y, width, height, {fill: theme.background, stroke: color, lineWidth: 1.75});
  const middle = y + height / 2;
  surface.text(name, x + width / 2, note ? middle - 8 : middle, {
    fill: theme.text,
    size: NAME,
    font: theme.sans,
    weight: 600,
    anchor: 'middle',
  });
  if (note)
    surface.text(note, x + width / 2, middle + 10, {
      fill: theme.muted,
      size: NOTE,
      font: theme.mono,
      anchor: 'middle',
    });
}

/** Draws a line through points, with an arrowhead at the last. */
export function drawArrow(
  surface: Surface,
  points: readonly (readonly [number, number])[],
  {residual}: Theme,
): void {
  const [[x, y], [fromX, fromY]] = [points.at(-1)!, points.at(-2)!];
  const length = Math.hypot(x - fromX, y - fromY);
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const [backX, backY] = [x - 8 * dx, y - 8 * dy];
  const line = [...points.slice(0, -1), [backX, backY] as const];
  surface.path(`M${line.map(([a, b]) => `${a} ${b}`).join('L')}`, {stroke: residual, lineWidth: 1.75});
  surface.path(
    `M${x} ${y}L${backX - 4.5 * dy} ${backY + 4.5 * dx}L${backX + 4.5 * dy} ${backY - 4.5 * dx}Z`,
    {fill: residual},
  );
}

export const drawNote = (
  surface: Surface,
  text: string,
  x: number,
  y: number,
  theme: Theme,
  anchor: 'start' | 'middle' | 'end' = 'start',
): void => surface.text(text, x, y, {fill: theme.muted, size: NOTE, font: theme.mono, anchor});
