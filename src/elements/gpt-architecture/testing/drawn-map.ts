/** A map with all its numbers, for tests that compare what is written on it. */
import {COLORS, type Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import {drawMap, mapLayout} from '../draw/draw-map.js';
import {extentsOf} from '../draw/extents.js';
import type {MapView} from '../draw/map-view.js';
import type {LayoutInput} from '../layout/map-layout.js';
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

export interface DrawnOptions extends Pick<LayoutInput, 'compact' | 'opened' | 'focus'> {
  chosen?: number;
  /** The token that is pointed at. */
  hovered?: number;
}

/** Returns the map of a page of this width, and what its drawing depends on. */
export function sceneFor(data: ArchitectureData, width: number, chosen: number, options: DrawnOptions = {}) {
  const {embed, hidden, norm} = extentsOf(data);
  const {compact, opened, focus, hovered} = options;
  const layout = mapLayout({
    ...data.config,
    tokens: data.tokens.length,
    width,
    chosen,
    compact,
    opened,
    focus,
    labelLengths: data.tokens.map(({length}) => length),
  });
  const view: MapView = {
    data,
    theme: THEME,
    chosen,
    hovered,
    extents: {embed: Math.max(...embed), hidden: Math.max(...hidden), norm: Math.max(...norm)},
  };
  return {layout, view};
}

/** Draws a forward pass as the map of a page of this width, every number included. */
export function drawnMap(data: ArchitectureData, width: number, chosen: number, compact = false) {
  const {layout, view} = sceneFor(data, width, chosen, {compact});
  const surface = new TextSurface();
  const close = {...view, zoom: ZOOM};
  drawMap(surface, layout, close);
  return {layout, view: close, surface};
}
