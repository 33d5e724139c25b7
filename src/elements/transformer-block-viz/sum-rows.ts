/** The whole block for one token as a sum, number under number: what enters + attention + MLP = what leaves. */
import {number, visibleToken} from '../../ui/base/format.js';
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

const [TITLE, ROW, GAP, FONT] = [18, 15, 4, 12];
/** The rows’ names on the left, and the lengths of their vectors on the right. */
const [LABELS, LENGTHS] = [96, 76];
/** Rows that are shorter have no room for more words than the sum. */
const ROOM_FOR_WORDS = 560;

export const sumRows = ({norm}: BlockData): readonly SumRow[] => ROWS[norm];

export const sumHeight = (data: BlockData): number => TITLE + sumRows(data).length * (ROW + GAP);

/** Returns the value whose row stands at a height. */
export const sumRowAt = (y: number, data: BlockData): NodeId | undefined =>
  sumRows(data)[Math.floor((y - TITLE) / (ROW + GAP))]?.id;

/**
 * @param top where it begins
 * @param colorsOf the colors of a value’s row, in as many cells as there is room for
 */
export function drawSum(
  surface: Surface,
  {data, token, off}: {data: BlockData; token: number; off?: NodeId},
  top: number,
  colorsOf: (id: NodeId, cells: number) => readonly string[],
  theme: Theme,
): void {
  const room = surface.width - LABELS - LENGTHS;
  const text = (
    words: string,
    x: number,
    y: number,
    style: {weight?: number; anchor?: 'end'; mono?: boolean} = {},
  ) =>
    surface.text(words, x, y, {
      fill: theme.text,
      size: FONT,
      font: style.mono ? theme.mono : theme.sans,
      weight: style.weight ?? 400,
      anchor: style.anchor,
    });
  const rows = sumRows(data);
  const lengths = rows.map(({id}) => number(lengthOf(data, id, token)));
  const what = data.norm === 'pre' ? 'x + attention + MLP = y' : 'each sum is normalized';
  const name = visibleToken(data.tokens[token]!);
  text(
    room < ROOM_FOR_WORDS
      ? `${name}: ${what}`
      : `${takeaway(data, token)} ${name}: ${what}, number by number`,
    LABELS,
    top + TITLE / 2,
    {weight: 600},
  );
  text('length', surface.width, top + TITLE / 2, {anchor: 'end'});
  for (const [i, {id, name, isResult}] of rows.entries()) {
    const y = top + TITLE + i * (ROW + GAP);
    const isStream = NODES.find((node) => node.id === id)!.kind === 'stream';
    text(name, LABELS - 8, y + ROW / 2, {anchor: 'end', weight: isResult ? 600 : 400});
    const colors = colorsOf(id, Math.floor(room / 3));
    surface.rect(LABELS, y, room, ROW, {fill: theme.background});
    surface.grid(LABELS, y, room / colors.length, colors.length, colors, ROW);
    const isOff = off && ((id === off && !isStream) || CUT[off]?.includes(id));
    if (isOff) surface.hatch(`M${LABELS} ${y}h${room}v${ROW}h${-room}Z`, {stroke: theme.masked, spacing: 5});
    surface.rect(LABELS, y, room, ROW, {stroke: theme.muted});
    text(lengths[i]!, surface.width, y + ROW / 2, {anchor: 'end', mono: true});
    if (isResult)
      surface.line(LABELS, y - GAP / 2 - 0.5, LABELS + room, y - GAP / 2 - 0.5, {
        stroke: theme.text,
        lineWidth: 1.5,
      });
  }
}

/** A vector this many times as long looks stronger at a glance. */
const NOTABLE = 1.5;

/** What a reader should notice: whether the stream leaves stronger than it came. */
function takeaway(data: BlockData, token: number): string {
  const [first, last] = [sumRows(data)[0]!, sumRows(data).at(-1)!].map(({id}) => lengthOf(data, id, token));
  const grown = last! / first!;
  const lengths = `length ${number(first!)} → ${number(last!)}`;
  if (grown > NOTABLE) return `A faint stream enters, a strong one leaves (${lengths}).`;
  if (grown < 1 / NOTABLE) return `A strong stream enters, a faint one leaves (${lengths}).`;
  return `The stream leaves about as strong as it came (${lengths}).`;
}

/** Returns the length of a token’s vector. */
export function lengthOf({values, width}: BlockData, id: NodeId, token: number): number {
  let sum = 0;
  for (let i = token * width; i < (token + 1) * width; i++) sum += values[id][i]! ** 2;
  return Math.sqrt(sum);
}
