/** The map on a narrow page: the stream of the chosen token alone, from top to bottom. */
import type {Box, LayoutInput, MapLayout, MapNode, Span} from './map-layout.js';
import {shapes} from './shapes.js';

export interface NarrowBlock {
  layer: number;
  title: number;
  /** A small matrix for each head; those of a collapsed block are smaller. */
  heads: readonly Box[];
  attentionAdd: number;
  mlp: Box;
  mlpAdd: number;
  /** In the compact form, right of the parts: where the guess after each of them stands. */
  guesses?: Span;
}

export interface NarrowLayout extends MapLayout {
  kind: 'narrow';
  /** The tokens as chips, in lines; none in the compact form, which names the chosen token alone. */
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
const LEFT = 58;
const STREAM = {x: 23, reach: 11};
const GAP = 14;
/** From an addition to what follows it. */
const ADD = 38;
const TITLE = 22;
const TILE = 32;
const MAX_HEAD = 72;
/** A narrower head has no room for the token that it reads most. */
export const ROOM_FOR_CAPTION = 48;
const CAPTION = 16;
/** Measures of the usual form, and of the compact one. `after`: from the embedding or a block to what follows. */
const USUAL = {title: TITLE, tile: TILE, gap: GAP, after: ADD, candidates: 6, row: 34, next: 30};
const COMPACT = {title: 18, tile: 22, gap: 0, after: 16, candidates: 4, row: 24, next: 22};
/** The compact form’s heads and MLP: at most this high; a row has room for a norm and ⊕. */
const COMPACT_HEAD = 40;
const COMPACT_ROW = 40;
const COMPACT_MLP = 28;
/** The share of the room that they take, left of the guesses. */
const COMPACT_SHARE = 0.57;
/** Room for what the MLP does, left of its tile. */
const MLP_WORDS = 92;
/** Right of the candidates. */
const PADDING = 6;

export function narrowLayout(input: LayoutInput): NarrowLayout {
  const {width, nLayers, nHeads, embDim, tokens: T, chosen, labelLengths, compact} = input;
  const {title, tile, gap, after, candidates: count, row, next: nextTitle} = compact ? COMPACT : USUAL;
  const chips = compact ? [] : chipBoxes(labelLengths, width);
  const right = width - LEFT;
  const top = compact ? 0 : chips.at(-1)!.y + CHIP + GAP;
  const half = (right - 10) / 2;
  const wte = {x: LEFT, y: top + title, width: half, height: tile};
  const wpe = {x: LEFT + half + 10, y: top + title, width: half, height: tile};
  const start = wte.y + tile + gap;
  const points = [start];
  let y = start + after;
  const blocks: NarrowBlock[] = [];
  for (let layer = 0; layer < nLayers; layer++) {
    const block = compact ? compactBlock(layer, y, right, nHeads) : blockAt(layer, y, right, nHeads);
    blocks.push(block);
    points.push(block.attentionAdd, block.mlpAdd);
    y = endOf(block) + after;
  }
  const next = y;
  const candidates = Array.from({length: count}, (_, i) => ({
    x: 0,
    y: next + nextTitle + i * row,
    width: width - PADDING,
    height: row,
  }));
  const shape = shapes({T, C: embDim, nHeads});
  /** Where the compact form names the chosen token. */
  const name = {x: LEFT, y: 0, width: half, height: title};
  const leaf = (id: string, rect: Box, of?: string): MapNode => ({id, rect, shape: of, children: []});
  return {
    kind: 'narrow',
    width,
    height: candidates.at(-1)!.y + row + 4,
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
        rect: compact ? name : {x: 0, y: 0, width, height: top - GAP},
        shape: shape.tokens,
        children: compact
          ? [leaf(`token.${chosen}`, name)]
          : chips.map((chip, i) => leaf(`token.${i}`, chip)),
      },
      {
        id: 'embed',
        rect: compact
          ? {x: LEFT, y: wte.y, width: right, height: tile}
          : {x: LEFT, y: top, width: right, height: title + tile},
        shape: shape.stream,
        children: [leaf('embed.token', wte, shape.stream), leaf('embed.position', wpe, shape.stream)],
      },
      ...blocks.map((block): MapNode => {
        const {layer, title, heads, mlp} = block;
        const last = heads.at(-1)!;
        return {
          id: `h.${layer}`,
          rect: {x: LEFT, y: title, width: right, height: endOf(block) - title},
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
        rect: {x: 0, y: next, width, height: nextTitle + count * row},
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
    y: top + Math.floor(h / across) * (side + 20 + (side < ROOM_FOR_CAPTION ? 0 : CAPTION)),
    width: side,
    height: side,
  }));
  const attentionAdd = heads.at(-1)!.y + side + GAP + (side < ROOM_FOR_CAPTION ? 0 : CAPTION);
  const mlp = {x: LEFT, y: attentionAdd + ADD + 8, width: room, height: TILE};
  return {layer, title: y, heads, attentionAdd, mlp, mlpAdd: mlp.y + TILE + GAP};
}

/** Heads, and the MLP as a strip below them; each with ⊕ at its foot and the guess at its right. */
function compactBlock(layer: number, y: number, room: number, nHeads: number): NarrowBlock {
  const shown = COMPACT_SHARE * room;
  const gap = nHeads > 6 ? 2 : 6;
  const side = Math.min(COMPACT_HEAD, Math.max(4, (shown - (nHeads - 1) * gap) / nHeads));
  const top = y + COMPACT.title + 2;
  const heads = Array.from({length: nHeads}, (_, h) => ({
    x: LEFT + h * (side + gap),
    y: top,
    width: side,
    height: side,
  }));
  const foot = top + Math.max(COMPACT_ROW, side);
  const mlp = {x: LEFT + MLP_WORDS, y: foot + 10, width: shown - MLP_WORDS, height: COMPACT_MLP};
  return {
    layer,
    title: y,
    heads,
    attentionAdd: foot - 8,
    mlp,
    mlpAdd: mlp.y + COMPACT_MLP - 8,
    guesses: {x: LEFT + shown + 8, width: room - shown - 8},
  };
}

/** Where a block ends: below its MLP and the last ⊕. */
const endOf = ({mlp, mlpAdd}: NarrowBlock): number => Math.max(mlpAdd, mlp.y + mlp.height);
