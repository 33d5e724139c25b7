import {parseColor} from '../../../viz/color.js';
import {picture} from '../../../viz/picture.js';
import type {Surface} from '../../../viz/surface.js';
import {allNodes, type Box, type LayoutInput, type MapLayout, WIDE} from '../layout/map-layout.js';
import {type NarrowLayout, narrowLayout} from '../layout/narrow.js';
import {type WideLayout, wideLayout} from '../layout/wide.js';
import type {MapView} from './map-view.js';
import {drawNarrowMap} from './narrow-map.js';
import {drawWideMap} from './wide-map.js';

/** Returns the layout for this width: lanes side by side, or one lane from top to bottom. */
export const mapLayout = (input: LayoutInput): WideLayout | NarrowLayout =>
  input.width < WIDE ? narrowLayout(input) : wideLayout(input);

export function drawMap(surface: Surface, layout: MapLayout, view: MapView): void {
  drawAll(surface, layout, view);
  if (view.lit) drawSpotlight(surface, layout, view, view.lit);
}

function drawAll(surface: Surface, layout: MapLayout, view: MapView): void {
  if (layout.kind === 'wide') drawWideMap(surface, layout as WideLayout, view);
  else drawNarrowMap(surface, layout as NarrowLayout, view);
}

/** Height of the line below the chosen lane’s stream. */
const READINGS = 21;

/** How much of what a stage is not about is covered. */
const VEIL = 0.75;

/** Fades everything but the parts that a stage is about. */
function drawSpotlight(surface: Surface, layout: MapLayout, view: MapView, lit: ReadonlySet<string>): void {
  const {width, height} = layout;
  const {theme} = view;
  const [r, g, b] = parseColor(theme.background);
  surface.rect(0, 0, width, height, {fill: `rgb(${r}, ${g}, ${b}, ${VEIL})`});
  const redraw = ({x, y, width: across, height: down}: Box): void =>
    surface.clip(x, y, across, down, () => {
      surface.rect(x, y, across, down, {fill: theme.background});
      drawAll(surface, layout, view);
    });
  const lane = layout.lanes[view.chosen];
  // What the stream reads as stays legible, across the edges of the lit part.
  if (lane) redraw({x: 0, y: lane.y + lane.height - READINGS, width: layout.width, height: READINGS});
  for (const {id, rect} of allNodes(layout.nodes)) {
    if (!lit.has(id)) continue;
    redraw(rect);
    surface.rect(rect.x + 0.75, rect.y + 0.75, rect.width - 1.5, rect.height - 1.5, {
      stroke: theme.text,
      lineWidth: 1.5,
    });
  }
}

/** The map as a file. */
export const mapPicture = (layout: MapLayout, view: MapView) =>
  picture({
    width: layout.width,
    height: Math.ceil(layout.height),
    title: `A GPT with ${view.data.config.nLayers} blocks reads “${view.data.tokens.join('')}” and predicts the next token`,
    theme: view.theme,
    draw: (surface) => drawMap(surface, layout, view),
  });
