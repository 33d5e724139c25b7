/** The cloud as points of a drawing: the position, look and label rank of each. */
import type {Neighbor} from '../../math/neighbors.js';
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {luminance} from '../../viz/color.js';
import {picture} from '../../viz/picture.js';
import {
  type Camera,
  drawScatter,
  type Extent,
  look,
  type ScatterOptions,
  type ScatterPoint,
  type Seen,
} from '../../viz/scatter.js';
import type {Theme} from '../../viz/theme.js';
import type {Cloud} from './cloud.js';
import type {TokenClass} from './token-classes.js';

export interface MapView {
  tokens: readonly string[];
  classes?: readonly TokenClass[];
  cloud: Cloud;
  dimensions: 2 | 3;
  camera: Camera;
  theme: Theme;
  chosen?: number;
  hovered?: number;
  neighbors: readonly Neighbor[];
  /** Rows that the reader's search has found. */
  matches: ReadonlySet<number>;
}

export const isDark = ({background}: Theme): boolean => luminance(background) < 0.3;
export const colorOf = ({colors}: TokenClass, theme: Theme): string => colors[isDark(theme) ? 1 : 0];

/** Projects one point of `coordinates` [R, 3] onto the screen. */
export function seenAt(
  coordinates: Float32Array,
  row: number,
  {dimensions, camera}: Pick<MapView, 'dimensions' | 'camera'>,
): Seen {
  const [x, y, z] = coordinates.subarray(3 * row, 3 * row + 3) as unknown as [number, number, number];
  return dimensions === 3 ? look([x, y, z], camera) : {x, y, depth: 0};
}

/** A flat map fills its frame; a cloud that rotates needs the same room on all sides. */
export function extentOf({cloud: {extent}, dimensions}: Pick<MapView, 'cloud' | 'dimensions'>): Extent {
  return dimensions === 3 ? {x: extent.radius, y: extent.radius} : extent;
}

/** @param coordinates Of the points now: between two snapshots while they move. */
export function scatterOf(view: MapView, coordinates: Float32Array): ScatterOptions {
  const {tokens, classes, cloud, dimensions, camera, theme, chosen, hovered, neighbors, matches} = view;
  const near = new Set(neighbors.map(({row}) => row));
  const points = tokens.map((token, row): ScatterPoint => {
    const special = row === chosen || row === hovered || near.has(row) || matches.has(row);
    const kind = classes?.[row];
    return {
      ...seenAt(coordinates, row, view),
      label: visibleToken(token),
      color: kind ? colorOf(kind, theme) : theme.residual,
      shape: kind?.shape ?? 'circle',
      rank: row === chosen || row === hovered ? 2 : special ? 1 : 0,
      faint: matches.size > 0 ? !matches.has(row) : chosen !== undefined && !special,
    };
  });
  const share = (axis: number): string => `${Math.round(100 * (cloud.shares[axis] ?? 0))} %`;
  const ends: [number, number, number][] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const axes = ends.slice(0, dimensions).map((end, axis) => ({
    name: `${['1st', '2nd', '3rd'][axis]} component: ${share(axis)}`,
    end: dimensions === 3 ? look(end, camera) : {x: end[0], y: end[1], depth: 0},
  }));
  const trail =
    chosen === undefined ? [] : cloud.coordinates.map((snapshot) => seenAt(snapshot, chosen, view));
  return {points, extent: extentOf(view), axes, trail, chosen, hovered};
}

export function mapPicture(view: MapView, coordinates: Float32Array, step: number): Picture {
  const title = `Embedding map at step ${step}`;
  return picture({
    width: 720,
    height: 560,
    title,
    theme: view.theme,
    draw: (surface) =>
      drawScatter(surface, view.theme, scatterOf({...view, hovered: undefined}, coordinates)),
  });
}
