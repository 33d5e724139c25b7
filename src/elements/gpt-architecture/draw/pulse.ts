/** Covers what the forward pass has not reached yet. */
import {parseColor} from '../../../viz/color.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {MapLayout} from '../layout/map-layout.js';

/** How much of what is still to come is covered, in steps from the front on. */
const COVERS = [0.3, 0.55, 0.8];
/** Pixels of a step. */
const STEP = 14;

/** @param at how far the pass has come, from 0 to 1: to the right on a wide page, down on a narrow one */
export function drawPulse(
  surface: Surface,
  {kind, width, height}: MapLayout,
  theme: Theme,
  at: number,
): void {
  const [r, g, b] = parseColor(theme.background);
  const length = kind === 'wide' ? width : height;
  const front = at * length;
  COVERS.forEach((cover, i) => {
    const from = front + i * STEP;
    const to = i === COVERS.length - 1 ? length : Math.min(length, from + STEP);
    if (to <= from) return;
    const fill = `rgb(${r}, ${g}, ${b}, ${cover})`;
    if (kind === 'wide') surface.rect(from, 0, to - from, height, {fill});
    else surface.rect(0, from, width, to - from, {fill});
  });
  if (kind === 'wide') surface.rect(front - 1, 0, 2, height, {fill: theme.attention});
  else surface.rect(0, front - 1, width, 2, {fill: theme.attention});
}
