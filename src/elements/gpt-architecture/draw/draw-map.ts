import {picture} from '../../../viz/picture.js';
import type {Surface} from '../../../viz/surface.js';
import {type LayoutInput, type MapLayout, WIDE} from '../layout/map-layout.js';
import {type NarrowLayout, narrowLayout} from '../layout/narrow.js';
import {type WideLayout, wideLayout} from '../layout/wide.js';
import type {MapView} from './map-view.js';
import {drawNarrowMap} from './narrow-map.js';
import {drawWideMap} from './wide-map.js';

/** Returns the layout for this width: lanes side by side, or one lane from top to bottom. */
export const mapLayout = (input: LayoutInput): WideLayout | NarrowLayout =>
  input.width < WIDE ? narrowLayout(input) : wideLayout(input);

export function drawMap(surface: Surface, layout: MapLayout, view: MapView): void {
  if (layout.kind === 'wide') drawWideMap(surface, layout as WideLayout, view);
  else drawNarrowMap(surface, layout as NarrowLayout, view);
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
