/** How the guess forms: the shares of the final candidates after each addition to the stream. */
import {visibleToken} from '../../../ui/base/format.js';
import {ramp} from '../../../viz/color.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import {followedGuesses, largestStep} from '../data/forming.js';
import {share as written} from '../data/share.js';
import {FORMING_ROW} from '../layout/wide.js';
import {shortened} from './candidates.js';

/** Right of the longest bar: “99 %”. Only short bars have longer numbers. */
const NUMBER = 42;
const LONGEST_BAR = 64;
const SMALL = 11.5;
/** “+ attention” */
const ROOM_FOR_ATTENTION = 70;

export interface FormingPlace {
  /** Middle of the first row. */
  y: number;
  /** Where the row’s names end. */
  labels: number;
  /** Where each point’s bars begin, and the room that it has; none: it is left out. */
  points: readonly ({x: number; room: number} | undefined)[];
}

export function drawForming(
  surface: Surface,
  data: ArchitectureData,
  chosen: number,
  {y, labels, points}: FormingPlace,
  theme: Theme,
): void {
  const followed = followedGuesses(data, chosen);
  const rise = followed[0] && largestStep(followed[0], 1);
  points.forEach((place, point) => {
    if (place)
      surface.text(pointTitle(point, place.room), place.x + 3, y - FORMING_ROW, {
        fill: theme.muted,
        size: SMALL,
        font: theme.sans,
        halo: theme.hover,
      });
  });
  // All bars have one scale.
  const least = Math.min(...points.map((place) => place?.room ?? Number.POSITIVE_INFINITY));
  const room = Math.min(LONGEST_BAR, least - NUMBER);
  const shade = ramp(theme.background, theme.attention)(0.72);
  followed.forEach(({token, shares}, row) => {
    const middle = y + row * FORMING_ROW;
    surface.text(shortened(visibleToken(token)), labels, middle, {
      fill: theme.text,
      size: 13,
      weight: row === 0 ? 600 : 400,
      font: theme.mono,
      anchor: 'end',
    });
    points.forEach((place, point) => {
      const share = shares[point];
      if (!place || share === undefined) return;
      const length = Math.max(1, room * share);
      if (room > 8) surface.rect(place.x, middle - 5, length, 10, {fill: shade});
      surface.text(written(share), place.x + (room > 8 ? length + 4 : 0), middle, {
        fill: theme.text,
        size: 12,
        font: theme.mono,
        weight: row === 0 && point === rise?.point ? 700 : 400,
        halo: theme.hover,
      });
    });
  });
}

/** What has happened before a point of the stream. */
const pointTitle = (point: number, room: number): string =>
  point === 0 ? 'at first' : point % 2 === 0 ? '+ MLP' : room < ROOM_FOR_ATTENTION ? '+ att.' : '+ attention';
