import type {Part} from './fold.js';

/** Pixels that stand for hidden entries. */
export const BAND = 14;
/** Pixels between two pieces of an axis, e.g. two heads. */
export const PIECE_GAP = 6;

/** Hidden entries: where they are, and how many. */
export interface Band {
  readonly at: number;
  readonly from: number;
  readonly hidden: number;
}

/** An axis laid out in one direction, in pixels from its start. */
export interface Track {
  readonly cell: number;
  /** Pixels of a band. */
  readonly band: number;
  readonly length: number;
  readonly entries: readonly {readonly index: number; readonly at: number}[];
  readonly bands: readonly Band[];
}

/** @param piece Entries of a piece; pieces stand apart. Default: all are one piece. */
export function layTrack(
  parts: readonly Part[],
  cell: number,
  piece = Number.POSITIVE_INFINITY,
  band = BAND,
): Track {
  const entries: {index: number; at: number}[] = [];
  const bands: Band[] = [];
  let [at, next] = [0, 0];
  for (const {from, to} of parts) {
    if (from > next) {
      bands.push({at, from: next, hidden: from - next});
      at += band;
    }
    for (let index = from; index < to; index++) {
      if (index > 0 && index % piece === 0) at += PIECE_GAP;
      entries.push({index, at});
      at += cell;
    }
    next = to;
  }
  return {cell, band, length: at, entries, bands};
}

/** Returns the entry at a place; undefined on a band and beyond the ends. */
export function entryAt({entries, cell}: Track, place: number): number | undefined {
  return entries.find(({at}) => place >= at && place < at + cell)?.index;
}

/** Returns where an entry starts; undefined if it is hidden. */
export function placeOf({entries}: Track, index: number): number | undefined {
  return entries.find((entry) => entry.index === index)?.at;
}

/** Returns where entries `from` … `to − 1` lie, as far as they are shown: start and length; undefined if none is. */
export function stretchOf(
  {entries, cell}: Track,
  from: number,
  to: number,
): readonly [start: number, length: number] | undefined {
  const within = entries.filter(({index}) => index >= from && index < to);
  const [first, last] = [within[0], within.at(-1)];
  return first && last && [first.at, last.at + cell - first.at];
}
