import {foldPieces, type Part} from './fold.js';
import {layTrack, type Track} from './track.js';

/** What the entries of an axis are, and how large their cells may be: [smallest, largest] in pixels. */
export interface Axis {
  readonly size: number;
  readonly across: readonly [number, number];
  readonly down: readonly [number, number];
  /** Names of the entries, written beside blocks that ask for them. */
  readonly labels?: readonly string[];
  /** Pieces of equal size that are drawn apart, e.g. heads. Default 1. */
  readonly pieces?: number;
  /** Pixels that stand for hidden entries. Default 14: enough to say how many. */
  readonly band?: number;
  /** No more entries than this are drawn. Default: as many as fit. */
  readonly most?: number;
  /** Entries that stay visible when the axis is folded. */
  readonly pinned?: readonly number[];
}

/** A matrix of the board, by the names of its axes. */
export interface BlockShape {
  readonly rows: string;
  readonly columns: string;
  readonly rowLabels?: 'left' | 'right';
  readonly columnLabels?: boolean;
  /** Names of the pieces of its columns, written above them. */
  readonly pieceLabels?: readonly string[];
}

/**
 * A column of the board. All `below` blocks stand on one line and share the heights of their rows. A product stands
 * below its right factor and to the right of its left factor, so that each cell lies where its row meets its column.
 */
export interface BoardColumn {
  readonly above?: string;
  readonly below?: string;
  /** Pixels to the left of it that differ from the board's, e.g. for an arrow. */
  readonly gap?: number;
}

export interface Board {
  readonly axes: Readonly<Record<string, Axis>>;
  readonly blocks: Readonly<Record<string, BlockShape>>;
  readonly columns: readonly BoardColumn[];
  /** Pixels that the upper and the lower row of blocks should not exceed. */
  readonly heights?: readonly [above: number, below: number];
  /** Pixels to keep free above the upper blocks. Default: what their names and labels need. */
  readonly head?: number;
  /** Pixels between the upper and the lower blocks. Default 10. */
  readonly joint?: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BlockLayout extends Rect {
  readonly rows: Track;
  readonly columns: Track;
  readonly isAbove: boolean;
}

export interface BoardLayout {
  readonly width: number;
  readonly height: number;
  /** Where the lower blocks begin. */
  readonly line: number;
  readonly blocks: Readonly<Record<string, BlockLayout>>;
  /** For each column the room above its lower block, with its row labels and without its column labels. */
  readonly spaces: readonly Rect[];
  /** Pixels that row labels take, and column labels if they are turned (else they are level). */
  readonly rowLabels: number;
  readonly columnLabels: number;
  readonly turned: boolean;
}

/** Pixels for the name and the shape of a block. */
export const TITLE = 38;
/** For the frames of the outermost blocks. */
const EDGE = 2;
/** Of the monospaced font of labels, 12 pixels high. */
const CHARACTER = 7.3;
const LEVEL_LABELS = 20;
const NARROW = 640;

/** Whether names stand above the columns of a block. */
export const hasLabels = (shape: BlockShape | undefined): boolean =>
  Boolean(shape?.columnLabels || shape?.pieceLabels);

/** Returns where every block of a board lies in so many pixels. Long axes are folded until the board fits. */
export function layOut(board: Board, width: number): BoardLayout {
  const {axes, blocks, columns, heights: [above, below] = [200, 260], head = 0, joint = 10} = board;
  const gap = width < NARROW ? 8 : 24;
  const longest = (names: readonly string[]): number =>
    Math.max(0, ...names.flatMap((name) => (axes[name]!.labels ?? []).map((label) => [...label].length)));
  const labeledAxes = (side: 'left' | 'right'): string[] =>
    Object.values(blocks).flatMap(({rowLabels, rows}) => (rowLabels === side ? [rows] : []));
  const most = width < NARROW ? 6 : 10;
  const rowLabels = Math.ceil(
    Math.min(most, longest([...labeledAxes('left'), ...labeledAxes('right')])) * CHARACTER + 8,
  );
  const shapes = columns.map(({above, below}) => ({
    above: above === undefined ? undefined : blocks[above]!,
    below: below === undefined ? undefined : blocks[below]!,
  }));
  const isLower = new Set(shapes.flatMap(({below}) => (below ? [below.rows] : [])));
  const budget = (name: string): number => (isLower.has(name) ? below : above);

  // Entries shown along each axis; an axis is folded alike in both directions.
  const shown: Record<string, number> = {};
  for (const [name, {size, most = size, down}] of Object.entries(axes))
    shown[name] = Math.min(size, most, usesRows(name) ? Math.floor(budget(name) / down[0]) : size);
  const across = shapes.map(({above, below}) => (below ?? above)!.columns);
  const fixed = columns.reduce(
    (sum, column, i) =>
      sum +
      (i ? (column.gap ?? gap) : 0) +
      [shapes[i]!.above, shapes[i]!.below].reduce(
        (most, shape) => Math.max(most, shape?.rowLabels ? rowLabels : 0),
        0,
      ),
    0,
  );
  const room = width - fixed - 2 * EDGE;
  const parts = (name: string): readonly Part[] => {
    const {size, pieces = 1, pinned} = axes[name]!;
    return foldPieces(size, pieces, shown[name]!, pinned);
  };
  const track = (name: string, cell: number): Track => {
    const {size, pieces = 1, band} = axes[name]!;
    return layTrack(parts(name), cell, size / pieces, band);
  };
  const total = (t: number): number =>
    across.reduce((sum, name) => {
      const [min, max] = axes[name]!.across;
      return sum + track(name, min + t * (max - min)).length;
    }, 0);
  while (total(0) > room) {
    const [widest] = [...new Set(across)].sort((a, b) => shown[b]! - shown[a]!);
    const {pieces = 1} = axes[widest!]!;
    if (shown[widest!]! <= 3 * pieces) break; // narrower than any page
    shown[widest!]! -= pieces;
  }
  const [smallest, largest] = [total(0), total(1)];
  const t = largest > smallest ? Math.min(1, Math.max(0, (room - smallest) / (largest - smallest))) : 1;

  const rowTrack = (name: string): Track => {
    const [min, max] = axes[name]!.down;
    return track(name, Math.max(min, Math.min(max, Math.floor(budget(name) / shown[name]!))));
  };
  const columnTrack = (name: string): Track => {
    const [min, max] = axes[name]!.across;
    return track(name, Math.floor(min + t * (max - min)));
  };

  const labelAxes = Object.values(blocks).flatMap(({columnLabels, columns}) =>
    columnLabels ? [columns] : [],
  );
  const hasPieceLabels = Object.values(blocks).some(({pieceLabels}) => pieceLabels);
  const turned = labelAxes.some((name) => longest([name]) * CHARACTER > columnTrack(name).cell);
  const columnLabels =
    labelAxes.length === 0
      ? hasPieceLabels
        ? LEVEL_LABELS
        : 0
      : turned
        ? Math.ceil(Math.min(8, longest(labelAxes)) * CHARACTER * Math.SQRT1_2 + 12)
        : LEVEL_LABELS;
  const upper = Math.max(0, ...shapes.map(({above}) => (above ? rowTrack(above.rows).length : 0)));
  const hasUpper = shapes.some(({above}) => above);
  const labelsAbove = shapes.some(({above}) => hasLabels(above)) ? columnLabels : 0;
  const labelsBelow = shapes.some(({below}) => hasLabels(below)) ? columnLabels : 0;
  const line = hasUpper
    ? Math.max(Math.max(head, TITLE + labelsAbove) + upper + joint, TITLE + labelsBelow)
    : Math.max(head, labelsBelow) + EDGE;

  const placed: Record<string, BlockLayout> = {};
  const spaces: Rect[] = [];
  let x = EDGE;
  columns.forEach(({above, below, gap: own}, i) => {
    const shape = shapes[i]!;
    if (i) x += own ?? gap;
    const start = x;
    const hasLeft = shape.above?.rowLabels === 'left' || shape.below?.rowLabels === 'left';
    const hasRight = shape.above?.rowLabels === 'right' || shape.below?.rowLabels === 'right';
    if (hasLeft) x += rowLabels;
    let end = x;
    for (const [id, one, isAbove] of [
      [above, shape.above, true],
      [below, shape.below, false],
    ] as const) {
      if (id === undefined || !one) continue;
      const [rows, tracks] = [rowTrack(one.rows), columnTrack(one.columns)];
      const y = isAbove ? line - joint - rows.length : line;
      placed[id] = {x, y, width: tracks.length, height: rows.length, rows, columns: tracks, isAbove};
      end = Math.max(end, x + tracks.length);
    }
    x = end + (hasRight ? rowLabels : 0);
    const labels = hasLabels(shape.below) ? columnLabels : 0;
    spaces.push({x: start, y: 0, width: end - start, height: Math.max(0, line - joint - labels)});
  });
  const lower = Math.max(0, ...shapes.map(({below}) => (below ? rowTrack(below.rows).length : 0)));
  const height = line + lower + (lower ? TITLE + EDGE : EDGE);
  return {width: x + EDGE, height, line, blocks: placed, spaces, rowLabels, columnLabels, turned};

  function usesRows(name: string): boolean {
    return Object.values(blocks).some(({rows}) => rows === name);
  }
}
