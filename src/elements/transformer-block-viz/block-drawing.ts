/** A block as data flow: the residual stream as the main line, and the two branches that read it and add to it. */
import {visibleToken} from '../../ui/base/format.js';
import {type ColorScale, parseColor, signedScale} from '../../viz/color.js';
import {niceCeiling} from '../../viz/nice.js';
import {pooled} from '../../viz/pooled.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {BlockData} from './block-data.js';
import {type BlockNode, BRANCHES, NODES, type NodeId, nodesOf} from './block-nodes.js';
import {drawSum, sumChannelAt, sumHeight, sumRowAt} from './sum-rows.js';

export interface BlockDrawing {
  data: BlockData;
  token: number;
  /** The number of the token’s vectors that is followed. */
  channel: number;
  /** Index of the chosen node. */
  node: number;
  /** While the block is played: the values of later nodes are not drawn yet. */
  isPlaying?: boolean;
  /** The part that is switched off. */
  off?: NodeId;
}

interface Point {
  x: number;
  y: number;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** From this width on, the stream runs from left to right; below it, downward. */
const WIDE = 700;
const [FONT, TITLE, LABELS, PLUS] = [12, 26, 72, 9];
/** In lower rows, only the chosen token has its name. */
const LEGIBLE = 11;
/** Between the two lines of boxes of the wide layout, and below the last. */
const [LIFT, FOOT] = [44, 20];
/** How much of the values after the chosen one is covered. */
const VEIL = 0.4;

export interface BlockLayout {
  boxes: readonly Box[];
  /** By the value of each node. */
  boxOf: ReadonlyMap<NodeId, Box>;
  /** Where the two sums are made. */
  sums: readonly Point[];
  isWide: boolean;
  row: number;
  /** Where the sum of the chosen token’s rows begins, below the flow. */
  sumTop: number;
  height: number;
}

/** Rows of the narrow layout, from the top: the stream on the left, what it is read by on the right. */
const NARROW_ROWS = {pre: [0, 0, 1, 2, 2, 3, 4], post: [0, 1, 2, 3, 4, 5, 6]};

export function layOut({data}: BlockDrawing, width: number): BlockLayout {
  const {norm} = data;
  const nodes = nodesOf(norm);
  const isOnStream = ({kind}: BlockNode): boolean =>
    kind === 'stream' || (norm === 'post' && kind === 'norm');
  const isWide = width >= WIDE;
  const row = Math.max(7, Math.min(18, (isWide ? 91 : 84) / data.tokens.length));
  const tall = row * data.tokens.length;
  const withBoxes = (boxes: readonly Box[]) => ({
    boxes,
    boxOf: new Map(nodes.map(({id}, n) => [id, boxes[n]!])),
    isWide,
    row,
  });
  const sumNodes = BRANCHES[norm].map(({sum}) => nodes.findIndex(({id}) => id === sum));
  if (isWide) {
    const gap = 34;
    const wide = (width - LABELS - 6 * gap - 16) / 7;
    const stream = TITLE + tall + LIFT;
    const boxes = nodes.map(
      (node, n): Box => ({
        x: LABELS + n * (wide + gap),
        y: isOnStream(node) ? stream : TITLE,
        width: wide,
        height: tall,
      }),
    );
    const sumTop = stream + tall + FOOT;
    const sums = sumNodes.map((n) => ({x: boxes[n]!.x - gap / 2, y: stream + tall / 2}));
    return {...withBoxes(boxes), sums, sumTop, height: sumTop + sumHeight(data)};
  }
  const wide = (width - 34) / 2;
  const pitch = tall + TITLE + 14;
  const rows = NARROW_ROWS[norm];
  const boxes = nodes.map(
    (node, n): Box => ({
      x: isOnStream(node) ? 0 : wide + 34,
      y: TITLE + rows[n]! * pitch,
      width: wide,
      height: tall,
    }),
  );
  const sumTop = (rows.at(-1)! + 1) * pitch;
  const sums = sumNodes.map((n) => ({x: wide / 2, y: boxes[n - 1]!.y + tall / 2}));
  return {...withBoxes(boxes), sums, sumTop, height: sumTop + sumHeight(data)};
}

/** A node of the drawing, and where its row is drawn as a strip, the number pointed at. */
export interface BlockPlace {
  node: number;
  channel?: number;
}

/** Returns what stands at a place; undefined beside all nodes. */
export function placeAt(
  {x, y}: {x: number; y: number},
  drawing: BlockDrawing,
  width: number,
): BlockPlace | undefined {
  const {data} = drawing;
  const {boxes, sumTop} = layOut(drawing, width);
  const term = sumRowAt(y - sumTop, data);
  if (term)
    return {
      node: nodesOf(data.norm).findIndex(({id}) => id === term),
      channel: sumChannelAt(x, data, width),
    };
  const found = boxes.findIndex(
    (box) => x >= box.x && x <= box.x + box.width && y >= box.y - TITLE && y <= box.y + box.height,
  );
  return found < 0 ? undefined : {node: found};
}

/** Returns the ends of the color scales: what is added shares that of the stream, so that sizes can be compared. */
export function extentsOf({values, usual}: BlockData): {stream: number; norm: number} {
  const largest = (kinds: readonly BlockNode['kind'][]): number => {
    let [sum, count] = [0, 0];
    for (const {id, kind} of NODES) {
      const shown = kinds.includes(kind) ? (usual ?? values)[id] : [];
      for (let i = 0; i < shown.length; i++) sum += shown[i]! ** 2;
      count += shown.length;
    }
    return niceCeiling(3 * Math.sqrt(sum / count));
  };
  return {stream: largest(['stream', 'attention', 'mlp']), norm: largest(['norm'])};
}

export function scaleOf({kind}: BlockNode, data: BlockData, theme: Theme): ColorScale {
  const {stream, norm} = extentsOf(data);
  return signedScale(theme, kind === 'norm' ? norm : stream);
}

/** Returns at most `count` numbers for a row of a matrix [T, C]. */
export const pooledRow = (values: Float32Array, row: number, width: number, count: number): number[] =>
  pooled(values.subarray(row * width, (row + 1) * width), count);

export function drawBlock(surface: Surface, drawing: BlockDrawing, theme: Theme): void {
  const {data} = drawing;
  const layout = layOut(drawing, surface.width);
  drawSum(
    surface,
    drawing,
    layout.sumTop,
    (id, cells) => colorsOf(drawing, NODES.find((node) => node.id === id)!, cells, theme),
    theme,
  );
  drawFlow(surface, layout, drawing, theme);
  for (const [n, node] of nodesOf(data.norm).entries()) drawNode(surface, layout, drawing, node, n, theme);
  if (!layout.isWide) return;
  const first = layout.boxes[0]!;
  for (const [t, token] of data.tokens.entries()) {
    if (layout.row < LEGIBLE && t !== drawing.token) continue;
    surface.text(short(visibleToken(token)), LABELS - 8, first.y + (t + 0.5) * layout.row, {
      fill: theme.text,
      size: Math.min(FONT, Math.max(LEGIBLE, layout.row)),
      font: theme.mono,
      anchor: 'end',
      weight: t === drawing.token ? 700 : 400,
    });
  }
}

/** The colors of the chosen token’s row of a value. */
const colorsOf = ({data, token}: BlockDrawing, node: BlockNode, cells: number, theme: Theme): string[] => {
  const scale = scaleOf(node, data, theme);
  return pooledRow(data.values[node.id], token, data.width, cells).map((value) => scale.color(value));
};

const short = (token: string): string => (token.length > 9 ? `${token.slice(0, 8)}…` : token);

/** The stream as a thick line under the tiles, and each branch as a thin one with its arrow at the sum. */
function drawFlow(surface: Surface, layout: BlockLayout, {data, off}: BlockDrawing, theme: Theme): void {
  const {boxes, boxOf, sums, isWide, sumTop} = layout;
  const middle = ({x, y, width, height}: Box): Point => ({x: x + width / 2, y: y + height / 2});
  const stream = {stroke: theme.residual, lineWidth: 5};
  const cut = {stroke: theme.masked, lineWidth: 2, dash: [3, 4]};
  const last = middle(boxes.at(-1)!);
  const end = isWide ? {x: surface.width, y: last.y} : {x: last.x, y: sumTop - 4};
  let from = middle(boxes[0]!);
  for (const [i, {sum}] of BRANCHES[data.norm].entries()) {
    const to = sums[i]!;
    surface.line(from.x, from.y, to.x, to.y, off === sum ? cut : stream);
    from = to;
  }
  surface.line(from.x, from.y, end.x, end.y, stream);
  for (const [i, branch] of BRANCHES[data.norm].entries()) {
    const sum = sums[i]!;
    const style = off === branch.id ? cut : {stroke: theme.muted, lineWidth: 2};
    const source = boxOf.get(branch.from)!;
    const read = boxOf.get(branch.norm ?? branch.id)!;
    const [a, b, c] = [middle(source), middle(read), middle(boxOf.get(branch.id)!)];
    const reading = branch.norm ? {stroke: theme.muted, lineWidth: 2} : style;
    if (isWide) {
      const bend = `Q${b.x} ${a.y} ${b.x} ${read.y + read.height}`;
      surface.path(`M${source.x + source.width + 10} ${a.y}${bend}`, reading);
      surface.line(b.x, b.y, c.x, c.y, style);
      surface.path(`M${c.x} ${c.y}Q${sum.x} ${c.y} ${sum.x} ${sum.y - PLUS}`, style);
    } else {
      surface.path(`M${a.x} ${a.y}H${b.x}V${b.y}`, reading);
      surface.line(b.x, b.y, c.x, c.y, style);
      surface.line(c.x, c.y, sum.x + PLUS, sum.y, style);
    }
    drawArrow(surface, sum, isWide, style.stroke);
    drawPlus(surface, sum, theme);
  }
}

/** The arrowhead where a branch meets the stream. */
function drawArrow(surface: Surface, {x, y}: {x: number; y: number}, isWide: boolean, fill: string): void {
  const tip = PLUS + 1;
  surface.path(isWide ? `M${x} ${y - tip}l-5 -9h10Z` : `M${x + tip} ${y}l9 -5v10Z`, {fill});
}

function drawPlus(surface: Surface, {x, y}: {x: number; y: number}, theme: Theme): void {
  const r = PLUS;
  surface.path(`M${x - r} ${y}A${r} ${r} 0 1 1 ${x + r} ${y}A${r} ${r} 0 1 1 ${x - r} ${y}Z`, {
    fill: theme.background,
    stroke: theme.residual,
    lineWidth: 2,
  });
  surface.line(x - 4, y, x + 4, y, {stroke: theme.text, lineWidth: 2});
  surface.line(x, y - 4, x, y + 4, {stroke: theme.text, lineWidth: 2});
}

function drawNode(
  surface: Surface,
  {boxes, row, isWide}: BlockLayout,
  {data, token, node: chosen, off, isPlaying}: BlockDrawing,
  node: BlockNode,
  n: number,
  theme: Theme,
): void {
  const {x, y, width, height} = boxes[n]!;
  const isChosen = n === chosen;
  surface.text(node.title, x, y - 11, {
    fill: n > chosen ? theme.muted : theme.text,
    size: FONT,
    font: theme.sans,
    weight: isChosen ? 700 : 400,
    halo: theme.background,
  });
  surface.rect(x, y, width, height, {fill: theme.background});
  if (!isPlaying || n <= chosen) {
    const scale = scaleOf(node, data, theme);
    const count = Math.max(4, Math.floor(width / 3));
    const cells = data.tokens.map((_, t) => pooledRow(data.values[node.id], t, data.width, count));
    const columns = cells[0]!.length;
    surface.grid(
      x,
      y,
      width / columns,
      columns,
      cells.flat().map((value) => scale.color(value)),
      row,
    );
    if (n > chosen) {
      const [r, g, b] = parseColor(theme.background);
      surface.rect(x, y, width, height, {fill: `rgb(${r}, ${g}, ${b}, ${VEIL})`});
    }
    surface.rect(x, y + token * row, width, row, {stroke: theme.text, lineWidth: 1.5});
  }
  if (off === node.id && node.kind !== 'stream')
    surface.hatch(`M${x} ${y}h${width}v${height}h${-width}Z`, {stroke: theme.masked, spacing: 5});
  // No color of its own for each kind of value: orange and green say above and below 0 here.
  surface.rect(x, y, width, height, {
    stroke: isChosen ? theme.text : theme.muted,
    lineWidth: isChosen ? 3 : 1,
  });
  if (isWide && n === 0)
    surface.text('residual stream', x, y + height + 12, {fill: theme.muted, size: FONT, font: theme.sans});
}
