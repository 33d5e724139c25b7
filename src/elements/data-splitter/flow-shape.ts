/** What becomes of the rows as bands that flow from left to right: usable, different, balanced, three sets. Their height is the number of rows. */
import type {LabeledReading, LabeledResult} from '../../state/text-work.js';

/** What a block holds: texts of a class, or rows that are left out. */
export type Kind = number | 'gone';

export interface Block {
  /** 0 to 3, from left to right. */
  stage: number;
  kind: Kind;
  x: number;
  y: number;
  width: number;
  height: number;
  count: number;
}

export interface Band {
  kind: Kind;
  /** Closed, as in SVG. */
  path: string;
}

export interface SetLabel {
  name: 'training' | 'validation' | 'test';
  count: number;
  x: number;
  /** Its middle. */
  y: number;
}

export interface FlowShape {
  blocks: Block[];
  bands: Band[];
  sets: SetLabel[];
}

/** Pixels. */
export const BLOCK = 48;
/** Beside the last stage, for the names of the sets. */
export const LABELS = 150;
const GAP = 9;
/** Between two labels. */
const LINE = 19;

const SETS = [
  ['training', 'train'],
  ['validation', 'validation'],
  ['test', 'test'],
] as const;

/** Returns where each stage begins, in pixels from the left. */
export const stageX = (stage: number, width: number): number => (stage * (width - BLOCK - LABELS)) / 3;

const band = (
  kind: Kind,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  [h1, h2]: [number, number],
): Band => {
  const middle = (x1 + x2) / 2;
  const n = (value: number) => value.toFixed(1);
  const curve = (from: number, to: number, end: number) =>
    `C${n(middle)} ${n(from)} ${n(middle)} ${n(to)} ${n(end)} ${n(to)}`;
  return {
    kind,
    path: `M${n(x1)} ${n(y1)}${curve(y1, y2, x2)}V${n(y2 + h2)}${curve(y2 + h2, y1 + h1, x1)}Z`,
  };
};

export function flowShape(
  {rows}: Pick<LabeledReading, 'rows'>,
  {usable, different, used, malformedRows, split}: LabeledResult,
  width: number,
  height: number,
  {left, top}: {left: number; top: number} = {left: 0, top: 0},
): FlowShape {
  const scale = (height - 2 * GAP) / rows;
  const xOf = (stage: number): number => left + stageX(stage, width);
  const blocks: Block[] = [];
  const bands: Band[] = [];
  const stages = [usable, different, used];
  const place = (stage: number, kind: Kind, y: number, count: number): Block => {
    const block = {stage, kind, x: xOf(stage), y, width: BLOCK, height: count * scale, count};
    if (count > 0) blocks.push(block);
    return block;
  };
  let before: Block[] = [];
  for (const [stage, counts] of stages.entries()) {
    let y = top;
    const own = counts.map((count, label) => {
      const block = place(stage, label, y, count);
      y += block.height;
      return block;
    });
    const lost = before.map(({count}, label) => count - counts[label]!);
    const gone = stage === 0 ? malformedRows : lost.reduce((sum, count) => sum + count, 0);
    if (gone > 0) y += GAP;
    place(stage, 'gone', y, gone);
    for (const [label, {x, y: first, count}] of before.entries()) {
      const kept = counts[label]! * scale;
      const [from, to] = [x + BLOCK, xOf(stage)];
      if (kept > 0) bands.push(band(label, from, first, to, own[label]!.y, [kept, kept]));
      const left = count * scale - kept;
      if (lost[label]! > 0) bands.push(band('gone', from, first + kept, to, y, [left, left]));
      y += left;
    }
    before = own;
  }
  return {blocks, bands, sets: placeSets(split, before, {bands, place, x: xOf(3), top})};
}

function placeSets(
  split: LabeledResult['split'],
  before: readonly Block[],
  {
    bands,
    place,
    x: end,
    top,
  }: {
    bands: Band[];
    place: (stage: number, kind: Kind, y: number, count: number) => Block;
    x: number;
    top: number;
  },
): SetLabel[] {
  const left = before.map(({y}) => y); // where the next band of a class begins
  let y = top;
  let free = top;
  return SETS.map(([name, set]) => {
    const texts = split[set];
    const first = y;
    for (const [label, {x}] of before.entries()) {
      const block = place(3, label, y, texts.filter((text) => text.label === label).length);
      const height = block.height;
      if (block.count > 0) bands.push(band(label, x + BLOCK, left[label]!, end, y, [height, height]));
      left[label]! += height;
      y += height;
    }
    const middle = Math.max((first + y) / 2, free + LINE / 2);
    free = middle + LINE / 2;
    y += GAP;
    return {name, count: texts.length, x: end + BLOCK + 8, y: middle};
  });
}
