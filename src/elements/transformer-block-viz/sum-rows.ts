/** The whole block for one token as a sum, number under number: what enters + attention + MLP = what leaves. */
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {BlockData} from './block-data.js';
import {NODES, type NodeId} from './block-nodes.js';

export interface SumRow {
  id: NodeId;
  name: string;
  /** Whether it is what the rows above it make: drawn below a line. */
  isResult?: boolean;
}

const ROWS: Readonly<Record<BlockData['norm'], readonly SumRow[]>> = {
  pre: [
    {id: 'resid_pre', name: 'x enters'},
    {id: 'attn', name: '+ attention'},
    {id: 'mlp', name: '+ MLP'},
    {id: 'resid_post', name: '= y leaves', isResult: true},
  ],
  post: [
    {id: 'resid_pre', name: 'x enters'},
    {id: 'attn', name: '+ attention'},
    {id: 'ln_1', name: 'its norm', isResult: true},
    {id: 'mlp', name: '+ MLP'},
    {id: 'ln_2', name: 'norm = y', isResult: true},
  ],
};

/** Rows that no longer reach the output where a shortcut is off. */
const CUT: Readonly<Partial<Record<NodeId, readonly NodeId[]>>> = {
  resid_mid: ['resid_pre'],
  resid_post: ['resid_pre', 'attn', 'ln_1'],
};

const [TITLE, ROW, GAP, FONT] = [22, 20, 4, 12];
/** The rows’ names on the left, and one number of each row on the right. */
const [LABELS, NUMBERS] = [96, 84];
/** Size of the numbers that are added. */
const NUMBER_FONT = 15;
/** Rows that are shorter have no room for more words than the sum. */
const ROOM_FOR_WORDS = 560;
/** Decimals of the numbers that are added: more where the rounded ones would not add up. */
const PLACES = [2, 3, 4, 5];

export const sumRows = ({norm}: BlockData): readonly SumRow[] => ROWS[norm];

export const sumHeight = (data: BlockData): number => TITLE + sumRows(data).length * (ROW + GAP);

/** Returns the value whose row stands at a height. */
export const sumRowAt = (y: number, data: BlockData): NodeId | undefined =>
  sumRows(data)[Math.floor((y - TITLE) / (ROW + GAP))]?.id;

/** Returns the width of the strips. */
const roomOf = (width: number): number => width - LABELS - NUMBERS;

/** Returns the cells that a strip has room for. */
const cellsOf = ({width}: BlockData, room: number): number => Math.min(width, Math.floor(room / 3));

/** Returns the number of the vector that stands at a place; undefined beside the strips. */
export function sumChannelAt(x: number, data: BlockData, width: number): number | undefined {
  const share = (x - LABELS) / roomOf(width);
  return share >= 0 && share < 1 ? Math.floor(share * data.width) : undefined;
}

/** What is drawn of the sum. */
export interface SumDrawing {
  data: BlockData;
  token: number;
  /** The number of each row that is written out. */
  channel: number;
  off?: NodeId;
}

/**
 * @param top where it begins
 * @param colorsOf the colors of a value’s row, in as many cells as there is room for
 */
export function drawSum(
  surface: Surface,
  {data, token, channel, off}: SumDrawing,
  top: number,
  colorsOf: (id: NodeId, cells: number) => readonly string[],
  theme: Theme,
): void {
  const room = roomOf(surface.width);
  const words = {fill: theme.text, size: FONT, font: theme.sans};
  const rows = sumRows(data);
  const middle = top + TITLE / 2;
  const hasWords = room >= ROOM_FOR_WORDS;
  surface.text(titleOf(data, token, hasWords), hasWords ? LABELS : 0, middle, {...words, weight: 600});
  surface.text(`number ${channel + 1} of ${data.width}`, surface.width, middle, {...words, anchor: 'end'});
  const numbers = written(data, token, channel);
  const shown = numbers.some((text) => text.length > 7) ? FONT : NUMBER_FONT;
  const [from, cell] = [LABELS + (channel / data.width) * room, room / data.width];
  for (const [i, {id, name, isResult}] of rows.entries()) {
    const y = top + TITLE + i * (ROW + GAP);
    const isStream = NODES.find((node) => node.id === id)!.kind === 'stream';
    const weight = isResult ? 700 : 400;
    surface.text(name, LABELS - 8, y + ROW / 2, {...words, anchor: 'end', weight});
    const colors = colorsOf(id, cellsOf(data, room));
    surface.rect(LABELS, y, room, ROW, {fill: theme.background});
    surface.grid(LABELS, y, room / colors.length, colors.length, colors, ROW);
    const isOff = off && ((id === off && !isStream) || CUT[off]?.includes(id));
    if (isOff) surface.hatch(`M${LABELS} ${y}h${room}v${ROW}h${-room}Z`, {stroke: theme.masked, spacing: 5});
    surface.rect(LABELS, y, room, ROW, {stroke: theme.muted});
    const style = {fill: theme.text, size: shown, font: theme.mono, anchor: 'end', weight} as const;
    surface.text(numbers[i]!, surface.width, y + ROW / 2, style);
    if (!isResult) continue;
    const line = y - GAP / 2;
    surface.line(LABELS, line, surface.width, line, {stroke: theme.text, lineWidth: 1.5});
  }
  // One frame around the number in all rows: what is added is what stands in one column.
  const tall = rows.length * (ROW + GAP) - GAP;
  surface.rect(from - 2, top + TITLE - 2, Math.max(cell, 3) + 4, tall + 4, {
    stroke: theme.text,
    lineWidth: 2,
  });
}

/** The number of each row: with its sign where it is added, and in as many decimals as make the printed sum right. */
export function written(data: BlockData, token: number, channel: number): string[] {
  const rows = sumRows(data);
  const values = rows.map(({id}) => data.values[id][token * data.width + channel]!);
  const places = PLACES.find((count) => addsUp(values, count)) ?? PLACES[0]!;
  return rows.map(({isResult}, i) => {
    const text = decimals(values[i]!, data.norm === 'pre' ? places : PLACES[0]!);
    const isAdded = i > 0 && !isResult;
    return isAdded ? `${text.startsWith('−') ? '−' : '+'} ${text.replace('−', '')}` : text;
  });
}

/** Whether the last of these numbers is the sum of the others when all are rounded. */
export function addsUp(values: readonly number[], places: number): boolean {
  const units = values.map((value) => Math.round(value * 10 ** places));
  return units.slice(0, -1).reduce((sum, value) => sum + value, 0) === units.at(-1);
}

function titleOf(data: BlockData, token: number, hasRoom: boolean): string {
  const what = data.norm === 'pre' ? 'x + attention + MLP = y' : 'each sum is normalized';
  return `${visibleToken(data.tokens[token]!)}: ${what}${hasRoom ? ', number by number' : ''}`;
}
