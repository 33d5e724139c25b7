/** A map with all its numbers, for tests that compare what is written on it. */
import {COLORS, type Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import {drawMap, mapLayout} from '../draw/draw-map.js';
import {extentsOf} from '../draw/extents.js';
import type {MapView} from '../draw/map-view.js';
import {TextSurface} from './written-numbers.js';

/** At this factor every part has room for its numbers. */
const ZOOM = 60;

/** The only color that is told from the others. */
export const ERROR = 'rgb(9, 9, 9)';

const THEME = {
  ...Object.fromEntries(COLORS.map((name) => [name, 'rgb(1, 2, 3)'])),
  error: ERROR,
  mono: 'monospace',
  sans: 'sans-serif',
} as Theme;

/** Draws a forward pass as the map of a page of this width, every number included. */
export function drawnMap(data: ArchitectureData, width: number, chosen: number, compact = false) {
  const {embed, hidden, norm} = extentsOf(data);
  const layout = mapLayout({
    ...data.config,
    tokens: data.tokens.length,
    width,
    chosen,
    compact,
    labelLengths: data.tokens.map(({length}) => length),
  });
  const surface = new TextSurface();
  const view: MapView = {
    data,
    theme: THEME,
    chosen,
    zoom: ZOOM,
    extents: {embed: Math.max(...embed), hidden: Math.max(...hidden), norm: Math.max(...norm)},
  };
  drawMap(surface, layout, view);
  return {layout, view, surface};
}
