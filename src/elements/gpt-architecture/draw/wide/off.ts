import type {Surface} from '../../../../viz/surface.js';
import type {Theme} from '../../../../viz/theme.js';
import type {Box} from '../../layout/map-layout.js';
import {px} from './px.js';

/** Draws a part that is switched off: hatched. */
export function drawOff(surface: Surface, {x, y, width, height}: Box, {masked}: Theme): void {
  surface.hatch(`M${px(x)} ${px(y)}h${px(width)}v${px(height)}h${px(-width)}Z`, {stroke: masked, spacing: 4});
  surface.rect(x, y, width, height, {stroke: masked});
}
