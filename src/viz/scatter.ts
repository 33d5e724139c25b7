/** Points with labels, seen from a side that the reader chooses. */
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

/** How a cloud of points in space is looked at, in radians. Flat clouds are looked at from the front: 0, 0. */
export interface Camera {
  /** Around the upright axis. */
  yaw: number;
  /** Up and down, between −π/2 and π/2. */
  pitch: number;
}

export interface Seen {
  x: number;
  y: number;
  /** Towards the reader; 0 in a flat cloud. */
  depth: number;
}

/** A place in space as it is seen, without perspective: the first axis to the right, the second up, the third to the reader. */
export function look([x, y, z]: readonly [number, number, number], {yaw, pitch}: Camera): Seen {
  const [sideways, towards] = [x * Math.cos(yaw) + z * Math.sin(yaw), z * Math.cos(yaw) - x * Math.sin(yaw)];
  return {
    x: sideways,
    y: y * Math.cos(pitch) - towards * Math.sin(pitch),
    depth: y * Math.sin(pitch) + towards * Math.cos(pitch),
  };
}

export const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring'] as const;
export type Shape = (typeof SHAPES)[number];

export interface ScatterPoint extends Seen {
  label: string;
  color: string;
  shape: Shape;
  /** Higher ones are labeled first where there is no room for all, and lie on top. From 1 on, a label may lie over marks; from 2 on, it is always written. */
  rank: number;
  /** Neither chosen nor near what is chosen. */
  faint: boolean;
}

/** The farthest that anything lies from the middle, sideways and up. Both have the same scale. */
export interface Extent {
  x: number;
  y: number;
}

export interface ScatterOptions {
  points: readonly ScatterPoint[];
  /** What lies at the border of the drawing. */
  extent: Extent;
  /** The axes as they are seen, with their names. */
  axes: readonly {name: string; end: Seen}[];
  /** Where one of the points has been, oldest first. */
  trail?: readonly Seen[];
  /** Index of the point that a ring is drawn around. */
  chosen?: number;
  hovered?: number;
}

const MARGIN = 28;
const FONT = 12;
const CHARACTER = FONT * 0.61;

/** From the cloud's units to pixels of a surface. */
export function placeOn(
  width: number,
  height: number,
  extent: Extent,
): (seen: Seen) => {x: number; y: number} {
  const scale = Math.min((width / 2 - MARGIN) / (extent.x || 1), (height / 2 - MARGIN) / (extent.y || 1));
  return ({x, y}) => ({x: width / 2 + x * scale, y: height / 2 - y * scale});
}

export function drawScatter(surface: Surface, theme: Theme, options: ScatterOptions): void {
  const {points, extent, axes, trail = [], chosen, hovered} = options;
  const place = placeOn(surface.width, surface.height, extent);
  const origin = place({x: 0, y: 0, depth: 0});
  const names: (Box & {name: string})[] = [];
  for (const {name, end} of axes) {
    const tip = place({x: end.x * extent.x, y: end.y * extent.y, depth: 0});
    surface.line(2 * origin.x - tip.x, 2 * origin.y - tip.y, tip.x, tip.y, {stroke: theme.hairline});
    if (Math.hypot(tip.x - origin.x, tip.y - origin.y) < 40) continue;
    const half = (name.length * CHARACTER) / 2;
    const x = Math.max(half, Math.min(surface.width - half, tip.x));
    names.push({name, left: x - half, right: x + half, y: tip.y - 9});
  }
  if (trail.length > 1) {
    const d = trail.map(place).map(({x, y}, i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`);
    surface.path(d.join(''), {stroke: theme.text, lineWidth: 1.5, dash: [1, 3]});
  }
  const labels = labeled(points, place, surface, [...names]);
  const write = (chosenOnes: boolean): void => {
    for (const {i, box} of labels) {
      const {label, faint, rank} = points[i]!;
      if (rank >= 1 !== chosenOnes) continue;
      surface.text(label, box.left, box.y, {
        fill: faint ? theme.muted : theme.text,
        size: FONT,
        weight: rank >= 1 ? 700 : 400,
        font: theme.mono,
        halo: theme.background,
      });
    }
  };
  write(false);
  // Far ones first, so that near ones lie on top; those that matter now above all.
  const order = points
    .map((_, i) => i)
    .sort((a, b) => points[a]!.rank - points[b]!.rank || points[a]!.depth - points[b]!.depth);
  for (const i of order) {
    const {shape, color, depth, faint, rank} = points[i]!;
    const {x, y} = place(points[i]!);
    // Nearer is larger: by a third at most.
    const size = (rank >= 1 ? 5.5 : faint ? 3.5 : 4.5) * (1 + depth / (3 * (extent.x || 1)));
    surface.path(
      shapePath(shape, x, y, size),
      shape === 'ring' || shape === 'cross' ? {stroke: color, lineWidth: 1.75} : {fill: color},
    );
    if (i === chosen || i === hovered)
      surface.path(shapePath('circle', x, y, size + 4), {
        stroke: theme.text,
        lineWidth: i === chosen ? 2 : 1,
      });
  }
  // Over the marks, which may be where an axis ends.
  const quiet = {
    fill: theme.muted,
    size: 11,
    font: theme.sans,
    anchor: 'middle',
    halo: theme.background,
  } as const;
  for (const {name, left, right, y} of names) surface.text(name, (left + right) / 2, y, quiet);
  write(true);
}

interface Box {
  left: number;
  right: number;
  y: number;
}

/** Half a line, and half a mark. */
const [HALF_LINE, HALF_MARK] = [FONT / 2 + 1, 5];

/** Right of its mark, left of it, above, below: how far the label's near end and its line lie from the mark. */
const SIDES: readonly ((x: number, y: number, length: number) => Box)[] = [
  (x, y, length) => ({left: x + 9, right: x + 9 + length, y}),
  (x, y, length) => ({left: x - 9 - length, right: x - 9, y}),
  (x, y, length) => ({left: x - length / 2, right: x + length / 2, y: y - 13}),
  (x, y, length) => ({left: x - length / 2, right: x + length / 2, y: y + 13}),
];

/**
 * The points whose labels are written, and where: by rank, then nearest to the reader first, none over another or over
 * a mark. Marks give way to labels of rank 1, everything to those of rank 2.
 */
function labeled(
  points: readonly ScatterPoint[],
  place: (seen: Seen) => {x: number; y: number},
  {width, height}: Surface,
  taken: Box[],
): {i: number; box: Box}[] {
  const places = points.map(place);
  const order = points
    .map((_, i) => i)
    .sort((a, b) => points[b]!.rank - points[a]!.rank || points[b]!.depth - points[a]!.depth || a - b);
  const written: {i: number; box: Box}[] = [];
  for (const i of order) {
    const {x, y} = places[i]!;
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const {label, rank} = points[i]!;
    const sides = SIDES.map((side) => side(x, y, label.length * CHARACTER)).filter(
      ({left, right}) => left >= 0 && right <= width,
    );
    const overLabel = (box: Box): boolean =>
      taken.some(
        (other) =>
          Math.abs(other.y - box.y) < 2 * HALF_LINE && other.right > box.left && other.left < box.right,
      );
    const overMark = (box: Box): boolean =>
      places.some(
        (other) =>
          Math.abs(other.y - box.y) < HALF_LINE + HALF_MARK - 3 &&
          other.x > box.left - HALF_MARK &&
          other.x < box.right + HALF_MARK,
      );
    const clear = sides.filter((box) => !overLabel(box));
    const box =
      clear.find((side) => !overMark(side)) ??
      (rank >= 1 ? clear[0] : undefined) ??
      (rank >= 2 ? sides[0] : undefined);
    if (!box) continue;
    taken.push(box);
    written.push({i, box});
  }
  return written;
}

/** The outline of a mark, as wide as a circle of this radius looks. */
export function shapePath(shape: Shape, x: number, y: number, radius: number): string {
  const r = radius;
  const at = (dx: number, dy: number): string => `${(x + dx * r).toFixed(2)} ${(y + dy * r).toFixed(2)}`;
  switch (shape) {
    case 'square':
      return `M${at(-0.9, -0.9)}L${at(0.9, -0.9)}L${at(0.9, 0.9)}L${at(-0.9, 0.9)}Z`;
    case 'triangle':
      return `M${at(0, -1.2)}L${at(1.1, 0.8)}L${at(-1.1, 0.8)}Z`;
    case 'diamond':
      return `M${at(0, -1.25)}L${at(1.25, 0)}L${at(0, 1.25)}L${at(-1.25, 0)}Z`;
    case 'cross':
      return `M${at(-0.9, -0.9)}L${at(0.9, 0.9)}M${at(-0.9, 0.9)}L${at(0.9, -0.9)}`;
    default: {
      const size = r.toFixed(2);
      return `M${at(-1, 0)}A${size} ${size} 0 1 1 ${at(1, 0)}A${size} ${size} 0 1 1 ${at(-1, 0)}Z`;
    }
  }
}

/** The point nearest to a place on the surface, within reach of a finger; undefined where there is none. */
export function pointAt(
  points: readonly Seen[],
  place: (seen: Seen) => {x: number; y: number},
  x: number,
  y: number,
  reach = 16,
): number | undefined {
  let best: number | undefined;
  let nearest = reach;
  points.forEach((point, i) => {
    const at = place(point);
    const distance = Math.hypot(at.x - x, at.y - y);
    if (distance >= nearest) return;
    nearest = distance;
    best = i;
  });
  return best;
}

/** The point that an arrow key leads to: near, and more in that direction than to its side. */
export function pointTowards(
  points: readonly Seen[],
  from: number,
  [right, up]: readonly [number, number],
): number {
  const start = points[from]!;
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  points.forEach((point, i) => {
    const [dx, dy] = [point.x - start.x, point.y - start.y];
    const along = dx * right + dy * up;
    const aside = Math.abs(dx * up) + Math.abs(dy * right);
    const cost = along + 2 * aside;
    if (i === from || along <= 0 || aside > along || cost >= least) return;
    least = cost;
    best = i;
  });
  return best;
}
