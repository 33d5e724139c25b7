import {parseColor} from '../../../viz/color.js';
import type {Surface} from '../../../viz/surface.js';
import {type LayoutInput, type MapLayout, WIDE} from '../layout/map-layout.js';
import {type NarrowLayout, narrowLayout} from '../layout/narrow.js';
import {type WideLayout, wideLayout} from '../layout/wide.js';
import type {MapView} from './map-view.js';
import {drawNarrowMap} from './narrow-map.js';
import {drawWideMap} from './wide/wide-map.js';

/** Returns the layout for this width: lanes side by side, or one lane from top to bottom. */
export const mapLayout = (input: LayoutInput): WideLayout | NarrowLayout =>
  input.width < WIDE ? narrowLayout(input) : wideLayout(input);

export function drawMap(surface: Surface, layout: MapLayout, view: MapView): void {
  drawAll(surface, layout, view);
  if (view.stage) drawSpotlight(surface, layout, view, view.stage);
}

function drawAll(surface: Surface, layout: MapLayout, view: MapView): void {
  if (layout.kind === 'wide') drawWideMap(surface, layout as WideLayout, view);
  else drawNarrowMap(surface, layout as NarrowLayout, view);
}

/** How much of what a stage is not about is covered. */
const VEIL = 0.75;

/** Fades everything but what a stage computes. */
function drawSpotlight(
  surface: Surface,
  layout: MapLayout,
  view: MapView,
  {spots}: NonNullable<MapView['stage']>,
): void {
  const {width, height} = layout;
  const {theme, chosen} = view;
  const [r, g, b] = parseColor(theme.background);
  surface.rect(0, 0, width, height, {fill: `rgb(${r}, ${g}, ${b}, ${VEIL})`});
  for (const {x, y, width: across, height: down} of spots(layout, chosen)) {
    surface.clip(x, y, across, down, () => {
      surface.rect(x, y, across, down, {fill: theme.background});
      drawAll(surface, layout, view);
    });
    surface.rect(x + 0.75, y + 0.75, across - 1.5, down - 1.5, {stroke: theme.text, lineWidth: 1.5});
  }
}
