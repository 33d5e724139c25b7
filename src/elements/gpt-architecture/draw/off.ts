import {parseColor} from '../../../viz/color.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {Box} from '../layout/map-layout.js';
import {px} from './wide/px.js';

/** How much of numbers that do not go on is covered. */
const VEIL = 0.6;

/** Draws a part that is switched off: hatched. */
export function drawOff(surface: Surface, {x, y, width, height}: Box, {masked}: Theme): void {
  surface.hatch(`M${px(x)} ${px(y)}h${px(width)}v${px(height)}h${px(-width)}Z`, {stroke: masked, spacing: 4});
  surface.rect(x, y, width, height, {stroke: masked});
}

/** Crosses out the numbers of a part that is patched: what goes on from it is from another text. */
export function drawReplaced(surface: Surface, {x, y, width, height}: Box, {background, error}: Theme): void {
  const [r, g, b] = parseColor(background);
  surface.rect(x, y, width, height, {fill: `rgb(${r}, ${g}, ${b}, ${VEIL})`});
  surface.line(x, y + height, x + width, y, {stroke: error, lineWidth: 1.5});
}
