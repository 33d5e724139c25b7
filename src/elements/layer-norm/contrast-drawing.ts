/** What every part of a model reads of one token, with layer norm and without, and what the model then predicts: two rows. */
import {standardDeviation} from '../../math/layer-norm.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import {drawOutcome, outcomeHeight} from '../../ui/model/outcome-drawing.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {type LayerNormData, readingsOf} from './layer-norm-data.js';

export interface Contrast {
  data: LayerNormData;
  token: number;
  /** Index of the chosen norm. */
  norm: number;
  /** Whether the row without norms is chosen. */
  leftOut: boolean;
}

/** From this width on, the prediction stands at the end of its row; below it, under the row. */
const WIDE = 760;
const [HEAD, NAME, TALL, FOOT, GAP, FONT] = [38, 22, 84, 20, 8, 12];
/** The width of a prediction beside a row. */
const BESIDE = 250;
const ARROW = 22;
/** Pixels that the words of a norm need; in narrower cells only the chosen one has them. */
const LEGIBLE = 56;
/** The share of all numbers that the scale holds; the few longer bars are cut, so that the others can be told apart. */
const HELD = 0.985;

const TITLES = [
  'With layer norm: every part reads numbers of one size',
  'Without layer norm: each part reads numbers of another size',
];
const SHORT_TITLES = ['With layer norm: one size', 'Without it: different sizes'];

const isWide = (width: number): boolean => width >= WIDE;
const cellGap = (width: number): number => (isWide(width) ? 10 : 4);
const roomOf = (width: number): number => (isWide(width) ? width - BESIDE - ARROW : width);
const cellWidth = ({data}: Contrast, width: number): number =>
  (roomOf(width) + cellGap(width)) / data.norms.length - cellGap(width);

const rowHeight = ({data}: Contrast, width: number): number =>
  NAME + TALL + FOOT + (isWide(width) ? 0 : outcomeHeight(data.outcomes!.with)) + GAP;

const rowTop = (contrast: Contrast, row: number, width: number): number =>
  HEAD + row * rowHeight(contrast, width);

export const contrastHeight = (contrast: Contrast, width: number): number => rowTop(contrast, 2, width);

/** Returns the norm and the row that stand at a place; undefined beside them. */
export function contrastAt(
  {x, y}: {x: number; y: number},
  contrast: Contrast,
  width: number,
): Pick<Contrast, 'norm' | 'leftOut'> | undefined {
  const norm = Math.floor(x / (cellWidth(contrast, width) + cellGap(width)));
  const row = Math.floor((y - HEAD) / rowHeight(contrast, width));
  const isInside = norm >= 0 && norm < contrast.data.norms.length && (row === 0 || row === 1);
  return isInside ? {norm, leftOut: row === 1} : undefined;
}

/** Returns the end of the one scale of all numbers. */
function reachOf(vectors: readonly ArrayLike<number>[]): number {
  const sizes = vectors.flatMap((values) => Array.from(values, Math.abs)).toSorted((a, b) => a - b);
  return sizes[Math.floor(HELD * (sizes.length - 1))] || 1;
}

const words = (theme: Theme) => ({fill: theme.text, size: FONT, font: theme.sans}) as const;

const hasWords = (norm: number, contrast: Contrast, width: number): boolean =>
  cellWidth(contrast, width) >= LEGIBLE || norm === contrast.norm;

const leftOf = (norm: number, contrast: Contrast, width: number): number =>
  norm * (cellWidth(contrast, width) + cellGap(width));

/** Where the words of a norm stand: those of a narrow one at the edge stay inside. */
function centerOf(norm: number, contrast: Contrast, width: number): number {
  const middle = leftOf(norm, contrast, width) + cellWidth(contrast, width) / 2;
  return Math.max(LEGIBLE / 2, Math.min(roomOf(width) - LEGIBLE / 2, middle));
}

export function drawContrast(surface: Surface, contrast: Contrast, theme: Theme): void {
  const {data, token} = contrast;
  const {width} = surface;
  const style = {...words(theme), fill: theme.muted};
  for (const [n, {reader}] of data.norms.entries()) {
    if (!hasWords(n, contrast, width)) continue;
    for (const [line, word] of reader.entries())
      surface.text(word, centerOf(n, contrast, width), 9 + line * 15, {...style, anchor: 'middle'});
  }
  if (isWide(width))
    surface.text(`what it says after ${visibleToken(data.tokens.at(-1)!)}`, width - BESIDE, 24, style);
  const {with: usual, without} = readingsOf(data, token);
  const reach = reachOf([...usual, ...without]);
  drawRow(surface, contrast, usual, reach, false, theme);
  drawRow(surface, contrast, without, reach, true, theme);
}

/** One row: what each part reads, and the prediction. */
function drawRow(
  surface: Surface,
  contrast: Contrast,
  readings: readonly ArrayLike<number>[],
  reach: number,
  isWithout: boolean,
  theme: Theme,
): void {
  const {width} = surface;
  const top = rowTop(contrast, Number(isWithout), width);
  const title = (isWide(width) ? TITLES : SHORT_TITLES)[Number(isWithout)]!;
  surface.text(title, 0, top + NAME / 2 - 2, {...words(theme), size: 14, weight: 700});
  for (const [n, numbers] of readings.entries()) {
    const cell = cellWidth(contrast, width);
    const box = {x: leftOf(n, contrast, width), y: top + NAME, width: cell, height: TALL};
    drawNumbers(surface, numbers, box, reach, isWithout ? theme.residual : theme.norm, theme);
    const isChosen = n === contrast.norm && isWithout === contrast.leftOut;
    const frame = {stroke: isChosen ? theme.text : theme.hairline, lineWidth: isChosen ? 2.5 : 1};
    surface.rect(box.x, box.y, cell, TALL, frame);
    if (!hasWords(n, contrast, width)) continue;
    const spread = `± ${decimals(standardDeviation(numbers), 2)}`;
    surface.text(spread, centerOf(n, contrast, width), box.y + TALL + 10, {
      ...words(theme),
      font: theme.mono,
      anchor: 'middle',
      weight: isChosen ? 700 : 400,
    });
  }
  const middle = top + NAME + TALL / 2;
  const arrow = roomOf(width) + 4;
  if (isWide(width)) surface.path(`M${arrow} ${middle - 6}l9 6l-9 6Z`, {fill: theme.muted});
  const at = isWide(width)
    ? {x: width - BESIDE, y: top + NAME, width: BESIDE}
    : {x: 0, y: top + NAME + TALL + FOOT, width};
  drawOutcome(surface, contrast.data.outcomes![isWithout ? 'without' : 'with'], at, theme);
}

/** A token’s numbers as bars around 0. */
function drawNumbers(
  surface: Surface,
  values: ArrayLike<number>,
  {x, y, width, height}: {x: number; y: number; width: number; height: number},
  reach: number,
  fill: string,
  theme: Theme,
): void {
  const middle = y + height / 2;
  const bar = width / values.length;
  surface.rect(x, y, width, height, {fill: theme.background});
  surface.clip(x, y, width, height, () => {
    for (let c = 0; c < values.length; c++) {
      const tall = (Math.abs(values[c]!) / reach) * (height / 2);
      surface.rect(x + c * bar, values[c]! > 0 ? middle - tall : middle, bar, tall, {fill});
    }
  });
  surface.line(x, middle, x + width, middle, {stroke: fill});
}
