import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {Box} from '../layout/map-layout.js';
import {px} from './wide/px.js';

/** Draws a part that is switched off: hatched. */
export function drawOff(surface: Surface, {x, y, width, height}: Box, {masked}: Theme): void {
  surface.hatch(`M${px(x)} ${px(y)}h${px(width)}v${px(height)}h${px(-width)}Z`, {stroke: masked, spacing: 4});
  surface.rect(x, y, width, height, {stroke: masked});
}

/** Draws a part that is patched: crossed out, without its own numbers, since those from another text go on. */
export function drawReplaced(surface: Surface, {x, y, width, height}: Box, {background, error}: Theme): void {
  surface.rect(x, y, width, height, {fill: background, stroke: error});
  surface.line(x, y + height, x + width, y, {stroke: error, lineWidth: 1.5});
}
