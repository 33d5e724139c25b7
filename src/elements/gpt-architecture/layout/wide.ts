/** The map on a wide page: a lane for each token, from its embedding on the left to its prediction on the right. */
import type {BlockColumns, Box, Lane, LayoutInput, MapLayout, MapNode, Span} from './map-layout.js';
import {shapes} from './shapes.js';

export interface WideLayout extends MapLayout {
  kind: 'wide';
  /** Height of the titles above the lanes. */
  header: number;
  tokens: Span;
  wte: Span;
  wpe: Span;
  blocks: readonly BlockColumns[];
  /** The likeliest next token of the lane that is pointed at. */
  guesses: Span;
  /** The chosen lane’s candidates. */
  bars: Span;
  candidates: readonly Box[];
  /** Where each point of the residual stream begins to be what it is. */
  points: readonly number[];
}

/** Rows below the chosen lane that show how its guess forms, one for each followed candidate. */
export const FORMING_ROWS = 2;
export const FORMING_ROW = 16;

const HEADER = 60;
const FOOTER = 8;
const GAP = 10;
/** Each of the two lines below the parts of the chosen lane. */
const CAPTION = 14;
const CAPTIONS = 2 * CAPTION + 3;
/** What the parts of the chosen lane are higher than those of others. */
const LARGER = 18;
/** What the chosen lane is higher than the others: larger parts, their captions, and how its guess forms, with a title. */
const CHOSEN = 24 + LARGER + CAPTIONS + (FORMING_ROWS + 1) * FORMING_ROW;
/** Models with more blocks than this show one of them open and the others collapsed. */
const ALL_OPEN = 3;
const CANDIDATES = 6;
/** Right of the candidates. */
const PADDING = 8;
/** Half the width of ⊕ with some room. */
const PLUS = 8;
/** Between a lane’s stream and the candidates: the final norm and the head. */
const HEAD = 36;

/** Widths in proportion, before they are scaled to the page. */
const PROPORTIONS = {embed: 50, links: 38, head: 51, headGap: 6, add: 26, mlp: 94, small: 30};
/** Heights of plain lanes: at least, at most, and of all together. The whole map stands in the first screen of a laptop. */
const LANES = {least: 18, most: 34, all: 218};
/** From this width of the page on, an open part is as wide as it gets. */
const FULL_WIDTH = 1150;
/** What an open part is wider. */
const OPENED = {embed: 200, head: 330, mlp: 240};

export function wideLayout(input: LayoutInput): WideLayout {
  const {width, nLayers, nHeads, embDim, tokens: T, labelLengths} = input;
  const lanes = lanesOf(input);
  const last = lanes.at(-1)!;
  const height = last.y + last.height + FOOTER;
  const tokens = {x: 0, width: Math.min(96, 22 + 8 * Math.max(2, ...labelLengths))};
  const guesses = {width: 48};
  const bars = {width: Math.max(168, Math.min(280, width * 0.185))};
  const inFull = blocksInFull(input);
  const widths = Array.from({length: nLayers}, (_, layer) =>
    inFull.has(layer) ? blockWidths(layer, input) : undefined,
  );
  const embeddings = ['embed.token', 'embed.position'].map(
    (part) => PROPORTIONS.embed + OPENED.embed * openness(part, input),
  ) as [number, number];
  const start = tokens.x + tokens.width + GAP;
  const room = width - start - GAP - HEAD - guesses.width - bars.width;
  const scale =
    room /
    (embeddings[0] +
      embeddings[1] +
      2 * GAP +
      widths.reduce((sum, block) => sum + (block?.total ?? PROPORTIONS.small) + GAP, 0));
  const wte = {x: start, width: embeddings[0] * scale};
  const wpe = {x: wte.x + wte.width + GAP * scale * 0.6, width: embeddings[1] * scale};
  let x = wpe.x + wpe.width + GAP * scale * 1.4;
  const points = [x - GAP * scale * 0.7];
  const blocks: BlockColumns[] = [];
  for (let layer = 0; layer < nLayers; layer++) {
    const inProportion = widths[layer];
    const block = inProportion
      ? fullBlock(layer, x, scale, inProportion)
      : smallBlock(layer, x, PROPORTIONS.small * scale, nHeads, lanes);
    blocks.push(block);
    points.push(block.attentionAdd, block.mlpAdd);
    x += block.width + GAP * scale;
  }
  const guessX = width - bars.width - guesses.width - HEAD;
  const barsX = width - bars.width;
  const candidates = candidateRows(height, barsX, bars.width - PADDING);
  return {
    kind: 'wide',
    width,
    height,
    header: HEADER,
    lanes,
    tokens,
    wte,
    wpe,
    blocks,
    guesses: {x: guessX, ...guesses},
    bars: {x: barsX, ...bars},
    candidates,
    points,
    nodes: nodesOf(
      {lanes, tokens, wte, wpe, blocks, candidates, height, bars: {x: barsX, ...bars}},
      shapes({T, C: embDim, nHeads}),
    ),
  };
}

/** Returns the middle of the first row that shows how a lane’s guess forms. */
export const formingTop = ({y, height}: Lane): number => y + height - (FORMING_ROWS - 0.5) * FORMING_ROW - 4;

/** Returns the middle of the norm’s bar before an MLP: beside ⊕, where the MLP stands close to it. */
export const mlpNorm = ({mlp, attentionAdd}: {mlp: Span; attentionAdd: number}): number =>
  Math.max(mlp.x - 9, Math.min(attentionAdd + 10, mlp.x - 4));

/** Returns the middle of a line below the chosen lane’s parts. @param line 0 or 1 */
export const captionOf = ({parts}: Lane, line = 0): number =>
  parts.y + parts.height + (line + 0.5) * CAPTION + 2;

/** How far a part is open; on a page with less room, an open part is less wide. */
const openness = (part: string, {opened, width}: LayoutInput): number =>
  (opened?.get(part) ?? 0) * Math.min(1, width / FULL_WIDTH);

/** The blocks that are drawn with all their parts. */
function blocksInFull({nLayers, focus}: LayoutInput): Set<number> {
  if (nLayers <= ALL_OPEN) return new Set(Array.from({length: nLayers}, (_, n) => n));
  const layer = /^h\.(\d+)/.exec(focus ?? '')?.[1];
  return new Set([Math.min(nLayers - 1, Number(layer ?? 0))]);
}

/** The widths of a block’s parts, in proportion. */
function blockWidths(layer: number, input: LayoutInput): {heads: number[]; mlp: number; total: number} {
  const {links, head, headGap, add} = PROPORTIONS;
  const heads = Array.from(
    {length: input.nHeads},
    (_, h) => head + OPENED.head * openness(`h.${layer}.attn.${h}`, input),
  );
  const mlp = PROPORTIONS.mlp + OPENED.mlp * openness(`h.${layer}.mlp`, input);
  const total = links + heads.reduce((sum, width) => sum + width + headGap, 0) + 2 * add + mlp;
  return {heads, mlp, total};
}

function lanesOf({tokens: T, chosen}: LayoutInput): Lane[] {
  const plain = Math.max(LANES.least, Math.min(LANES.most, LANES.all / T));
  const lanes: Lane[] = [];
  let y = HEADER;
  for (let token = 0; token < T; token++) {
    const isChosen = token === chosen;
    const height = plain + (isChosen ? CHOSEN : 0);
    const partsHeight = plain * 0.62 + (isChosen ? LARGER : 0);
    const reach = isChosen ? 12 : plain * 0.14;
    lanes.push({
      token,
      y,
      height,
      parts: {y: y + (isChosen ? 6 : 2), height: partsHeight},
      stream: {y: y + (isChosen ? 6 + CAPTIONS : 2) + partsHeight + 2 + reach, reach},
    });
    y += height;
  }
  return lanes;
}

function fullBlock(
  layer: number,
  x: number,
  scale: number,
  widths: ReturnType<typeof blockWidths>,
): BlockColumns {
  const {links, headGap, add} = PROPORTIONS;
  let at = x + links * scale;
  const heads = widths.heads.map((width) => {
    const span = {x: at, width: width * scale};
    at += (width + headGap) * scale;
    return span;
  });
  const mlp = {x: at + add * scale, width: widths.mlp * scale};
  return {
    layer,
    x,
    width: widths.total * scale,
    links: {x, width: links * scale},
    heads,
    attentionAdd: at + 0.35 * add * scale,
    mlp,
    mlpAdd: mlp.x + mlp.width + 0.55 * add * scale,
  };
}

function smallBlock(
  layer: number,
  x: number,
  width: number,
  nHeads: number,
  lanes: readonly Lane[],
): BlockColumns {
  const last = lanes.at(-1)!;
  const [top, bottom] = [lanes[0]!.y, last.parts.y + last.parts.height];
  const step = (bottom - top) / nHeads;
  const side = Math.min(width, step - 3);
  return {
    layer,
    x,
    width,
    attentionAdd: x + width * 0.33,
    mlpAdd: x + width * 0.8,
    small: Array.from({length: nHeads}, (_, h) => ({
      x: x + (width - side) / 2,
      y: top + h * step + (step - side) / 2,
      width: side,
      height: side,
    })),
  };
}

function candidateRows(height: number, x: number, width: number): Box[] {
  const row = Math.min(46, (height - HEADER - FOOTER) / CANDIDATES);
  return Array.from({length: CANDIDATES}, (_, i) => ({x, y: HEADER + i * row, width, height: row}));
}

function nodesOf(
  {
    lanes,
    tokens,
    wte,
    wpe,
    blocks,
    candidates,
    height,
    bars,
  }: Pick<WideLayout, 'lanes' | 'tokens' | 'wte' | 'wpe' | 'blocks' | 'candidates' | 'height' | 'bars'>,
  shape: ReturnType<typeof shapes>,
): MapNode[] {
  const last = lanes.at(-1)!;
  /** Below the words about the chosen token’s parts there are numbers of other columns. */
  const foot = Math.min(last.y + last.height, captionOf(last) + CAPTION / 2);
  const column = (span: Span, top = 36, bottom = foot): Box => ({
    x: span.x,
    y: top,
    width: span.width,
    height: bottom - top,
  });
  const leaf = (id: string, rect: Box, of?: string): MapNode => ({id, rect, shape: of, children: []});
  return [
    {
      id: 'tokens',
      rect: column(tokens, 36, height - FOOTER),
      shape: shape.tokens,
      children: lanes.map(({token, y, height: laneHeight}) =>
        leaf(`token.${token}`, {x: tokens.x, y, width: tokens.width, height: laneHeight}),
      ),
    },
    {
      id: 'embed',
      rect: {x: wte.x, y: 0, width: wpe.x + wpe.width - wte.x, height: height - FOOTER},
      shape: shape.stream,
      children: [
        leaf('embed.token', column(wte), shape.stream),
        leaf('embed.position', column(wpe), shape.stream),
      ],
    },
    ...blocks.map((block): MapNode => {
      const {layer, heads, mlp, links, attentionAdd, mlpAdd} = block;
      const border = mlp ? Math.min(attentionAdd + PLUS, mlp.x - 3) : attentionAdd;
      const children: MapNode[] =
        heads && mlp && links
          ? [
              {
                id: `h.${layer}.attn`,
                rect: column({x: links.x, width: border - links.x}),
                shape: shape.attention,
                children: heads.map((span, h) => leaf(`h.${layer}.attn.${h}`, column(span), shape.head)),
              },
              leaf(`h.${layer}.mlp`, column({x: border, width: mlpAdd + PLUS - border}), shape.mlp),
            ]
          : (block.small ?? []).map((box, h) => leaf(`h.${layer}.attn.${h}`, box, shape.head));
      return {
        id: `h.${layer}`,
        rect: {x: block.x, y: 0, width: block.width, height: height - FOOTER},
        shape: shape.stream,
        children,
      };
    }),
    {
      id: 'next',
      rect: column({x: bars.x - 5, width: bars.width + 5}, 36, height - FOOTER), // clear of the words above
      shape: shape.next,
      children: candidates.map((rect, i) => leaf(`next.${i}`, rect)),
    },
  ];
}
