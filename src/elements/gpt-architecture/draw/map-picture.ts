import {picture} from '../../../viz/picture.js';
import type {MapLayout} from '../layout/map-layout.js';
import {drawMap} from './draw-map.js';
import type {MapView} from './map-view.js';

/** The map as a file. */
export const mapPicture = (layout: MapLayout, view: MapView) =>
  picture({
    width: layout.width,
    height: Math.ceil(layout.height),
    title: `A GPT with ${view.data.config.nLayers} blocks reads “${view.data.tokens.join('')}” and predicts the next token`,
    theme: view.theme,
    draw: (surface) => drawMap(surface, layout, view),
  });
