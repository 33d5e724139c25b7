/** The map on a narrow page: the stream of the chosen token alone, from top to bottom. */
import type {Box, LayoutInput, MapLayout, MapNode} from './map-layout.js';
import {shapes} from './shapes.js';

export interface NarrowBlock {
  layer: number;
  title: number;
  /** A small matrix for each head; those of a collapsed block are smaller. */
  heads: readonly Box[];
  attentionAdd: number;
  mlp: Box;
  mlpAdd: number;
}

export interface NarrowLayout extends MapLayout {
  kind: 'narrow';
  /** The tokens as chips, in lines. */
  chips: readonly Box[];
  /** The stream’s middle, and half of the most that it is thick. */
  stream: {x: number; reach: number};
  wte: Box;
  wpe: Box;
  blocks: readonly NarrowBlock[];
  /** Where each point of the stream begins. */
  points: readonly number[];
  /** Where the title of the candidates stands. */
  next: number;
  candidates: readonly Box[];
}

const CHIP = 32;
const CHIP_GAP = 6;
/** The left side of everything that hangs on the stream. */
const LEFT = 52;
const STREAM = {x: 20, reach: 11};
const TITLE = 22;
const TILE = 32;
const GAP = 14;
/** From an addition to what follows it. */
const ADD = 38;
const MAX_HEAD = 72;
/** A narrower head has no room for the token that it reads most. */
export const ROOM_FOR_CAPTION = 48;
const CAPTION = 16;
const CANDIDATES = 8;
const COMPACT_CANDIDATES = 4;
const ROW = 34;
/** Right of the candidates. */
const PADDING = 6;

export function narrowLayout(input: LayoutInput): NarrowLayout {
  const {width, nLayers, nHeads, embDim, tokens: T, labelLengths, compact} = input;
  const count = compact ? COMPACT_CANDIDATES : CANDIDATES;
  const chips = chipBoxes(labelLengths, width);
  const right = width - LEFT;
  let y = chips.at(-1)!.y + CHIP + GAP;
  const half = (right - 10) / 2;
  const wte = {x: LEFT, y: y + TITLE, width: half, height: TILE};
  const wpe = {x: LEFT + half + 10, y: y + TITLE, width: half, height: TILE};
  y = wte.y + TILE + GAP;
  const points = [y];
  y += ADD;
  const blocks: NarrowBlock[] = [];
  for (let layer = 0; layer < nLayers; layer++) {
    const block = compact ? compactBlock(layer, y, right, nHeads) : blockAt(layer, y, right, nHeads);
    blocks.push(block);
    points.push(block.attentionAdd, block.mlpAdd);
    y = block.mlpAdd + ADD;
  }
  const next = y;
  const candidates = Array.from({length: count}, (_, i) => ({
    x: 0,
    y: next + 30 + i * ROW,
    width: width - PADDING,
    height: ROW,
  }));
  const shape = shapes({T, C: embDim, nHeads});
  const leaf = (id: string, rect: Box, of?: string): MapNode => ({id, rect, shape: of, children: []});
  return {
    kind: 'narrow',
    width,
    height: candidates.at(-1)!.y + ROW + 4,
    lanes: [],
    chips,
    stream: STREAM,
    wte,
    wpe,
    blocks,
    points,
    next,
    candidates,
    nodes: [
      {
        id: 'tokens',
        rect: {x: 0, y: 0, width, height: chips.at(-1)!.y + CHIP},
        shape: shape.tokens,
        children: chips.map((chip, i) => leaf(`token.${i}`, chip)),
      },
      {
        id: 'embed',
        rect: {x: LEFT, y: wte.y - TITLE, width: right, height: TITLE + TILE},
        shape: shape.stream,
        children: [leaf('embed.token', wte, shape.stream), leaf('embed.position', wpe, shape.stream)],
      },
      ...blocks.map(({layer, title, heads, mlp, mlpAdd}): MapNode => {
        const last = heads.at(-1)!;
        return {
          id: `h.${layer}`,
          rect: {x: LEFT, y: title, width: right, height: mlpAdd - title},
          shape: shape.stream,
          children: [
            {
              id: `h.${layer}.attn`,
              rect: {
                x: LEFT,
                y: heads[0]!.y,
                width: Math.max(...heads.map(({x, width: side}) => x + side)) - LEFT,
                height: last.y + last.height - heads[0]!.y,
              },
              shape: shape.attention,
              children: heads.map((box, h) => leaf(`h.${layer}.attn.${h}`, box, shape.head)),
            },
            leaf(`h.${layer}.mlp`, mlp, shape.mlp),
          ],
        };
      }),
      {
        id: 'next',
        rect: {x: 0, y: next, width, height: 30 + count * ROW},
        shape: shape.next,
        children: candidates.map((box, i) => leaf(`next.${i}`, box)),
      },
    ],
  };
}

/** Chips side by side, wrapped; their widths follow from the number of characters. */
function chipBoxes(labelLengths: readonly number[], width: number): Box[] {
  const boxes: Box[] = [];
  let [x, y] = [0, 0];
  for (const length of labelLengths) {
    const chip = Math.min(width, 16 + 8 * Math.max(1, length));
    if (x > 0 && x + chip > width) [x, y] = [0, y + CHIP + CHIP_GAP];
    boxes.push({x, y, width: chip, height: CHIP});
    x += chip + CHIP_GAP;
  }
  return boxes;
}

function blockAt(layer: number, y: number, room: number, nHeads: number): NarrowBlock {
  const columns = Math.min(nHeads, 4, Math.max(1, Math.floor((room + 8) / 40)));
  const lines = nHeads <= 4 ? 1 : Math.ceil(nHeads / 6);
  const across = lines === 1 ? columns : Math.ceil(nHeads / lines);
  const side = Math.min(MAX_HEAD, (room - (across - 1) * 8) / across);
  const top = y + TITLE + 16;
  const heads = Array.from({length: nHeads}, (_, h) => ({
    x: LEFT + (h % across) * (side + 8),
    y: top + Math.floor(h / across) * (side + 20),
    width: side,
    height: side,
  }));
  const attentionAdd = heads.at(-1)!.y + side + GAP + (side < ROOM_FOR_CAPTION ? 0 : CAPTION);
  const mlp = {x: LEFT, y: attentionAdd + ADD + 8, width: room, height: TILE};
  return {layer, title: y, heads, attentionAdd, mlp, mlpAdd: mlp.y + TILE + GAP};
}

/** Heads and MLP side by side, and one line of text. */
function compactBlock(layer: number, y: number, room: number, nHeads: number): NarrowBlock {
  const shown = Math.max(100, room * 0.62);
  const side = Math.min(48, (shown - (nHeads - 1) * 6) / nHeads);
  const top = y + TITLE + 16;
  const heads = Array.from({length: nHeads}, (_, h) => ({
    x: LEFT + h * (side + 6),
    y: top,
    width: side,
    height: side,
  }));
  const after = LEFT + nHeads * (side + 6) + 6;
  const mlp = {x: after, y: top, width: LEFT + room - after, height: Math.max(20, side)};
  const add = top + mlp.height + GAP;
  return {layer, title: y, heads, attentionAdd: add, mlp, mlpAdd: add};
}
