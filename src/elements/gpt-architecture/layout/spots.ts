/** Where on the map a stage of the walkthrough happens: only what it computes. */
import type {BlockColumns, Box, MapLayout} from './map-layout.js';
import {allNodes} from './map-layout.js';
import type {NarrowBlock, NarrowLayout} from './narrow.js';
import {formingTop, mlpNorm, type WideLayout} from './wide.js';

/** Half the width of a norm’s mark, and of ⊕, with some room. */
const MARK = 7;
/** There is less room before an MLP. */
const MLP_NORM = 4.5;
const PLUS = 11;

/**
 * Returns the boxes that a stage is about, the main one first.
 * @param stage `h.0.attn.softmax`, `ln_f`, `text` …
 * @param parts what it is about in the layout’s nodes, where it has no place of its own
 * @param chosen the token whose lane is large
 */
export function spotsOf(
  stage: string,
  parts: readonly string[],
  layout: MapLayout,
  chosen: number,
): readonly Box[] {
  const [, layer, step] = /^h\.(\d+)\.(.+)$/.exec(stage) ?? [];
  const wide = layout.kind === 'wide' ? (layout as WideLayout) : undefined;
  const own =
    layer === undefined
      ? wide && atTheEnd(stage, wide, chosen)
      : wide
        ? inColumns(step!, wide.blocks[Number(layer)]!, wide, chosen)
        : inCard(step!, (layout as NarrowLayout).blocks[Number(layer)]!, layout as NarrowLayout);
  if (own) return own;
  const nodes = [...allNodes(layout.nodes)];
  const found = parts.flatMap((part) => nodes.filter(({id}) => id === part));
  // A collapsed block has no parts of its own.
  const shown = found.length > 0 ? found : nodes.filter(({id}) => id === `h.${layer}`);
  return shown.map(({rect}) => rect);
}

function atTheEnd(
  stage: string,
  {lanes, guesses, bars}: WideLayout,
  chosen: number,
): readonly Box[] | undefined {
  const {stream} = lanes[chosen]!;
  const x = guesses.x + guesses.width - 4;
  const [top, bottom] = [lanes[0]!.y, lanes.at(-1)!.y + lanes.at(-1)!.height];
  switch (stage) {
    case 'ln_f':
      return [{x: x - 6, y: stream.y - stream.reach - 7, width: 16, height: 2 * stream.reach + 14}];
    case 'logits':
      return [{x: x + 5, y: top, width: bars.x - x - 10, height: bottom - top}];
    default:
      return undefined;
  }
}

function inColumns(
  step: string,
  {links, heads, mlp, attentionAdd, mlpAdd}: BlockColumns,
  {lanes}: WideLayout,
  chosen: number,
): readonly Box[] | undefined {
  if (!links || !heads || !mlp) return undefined;
  const lane = lanes[chosen]!;
  const {parts, stream} = lane;
  const last = heads.at(-1)!;
  const end = last.x + last.width;
  /** From one place to another, along the chosen lane. */
  const along = (x: number, to: number): Box => ({
    x,
    y: parts.y - 3,
    width: to - x,
    height: parts.height + 6,
  });
  const rows = (x: number, to: number, last = lanes.at(-1)!): Box => ({
    x,
    y: lanes[0]!.y,
    width: to - x,
    height: (last === lane ? parts.y + parts.height + 3 : last.y + last.height) - lanes[0]!.y,
  });
  const mark = (x: number, reach: number): Box => ({
    x: x - reach,
    y: stream.y - stream.reach - 3,
    width: 2 * reach,
    height: 2 * stream.reach + 6,
  });
  /** From a sublayer’s tiles down to where its output is added. */
  const down = (x: number, add: number): Box => ({
    x: x - 2,
    y: parts.y - 3,
    width: add + PLUS - x + 2,
    height: stream.y + stream.reach + 6 - parts.y,
  });
  switch (step) {
    case 'ln_1':
      return [mark(links.x, MARK)];
    case 'attn.q':
      return [along(links.x - 2, heads[0]!.x - 1)];
    case 'attn.k':
    case 'attn.v':
      return [rows(links.x - 2, heads[0]!.x - 1, lane)];
    case 'attn.scores':
    case 'attn.mask':
    case 'attn.softmax':
      return [rows(heads[0]!.x - 3, end + 3)];
    case 'attn.context':
      return [rows(links.x - 2, heads[0]!.x - 1, lane), along(heads[0]!.x - 3, end + 3)];
    case 'attn.out':
      return [down(end, attentionAdd)];
    case 'resid_mid':
      return [mark(attentionAdd, PLUS), below(lane, attentionAdd)];
    case 'ln_2':
      return [mark(mlpNorm({mlp, attentionAdd}), MLP_NORM)];
    case 'mlp.pre':
    case 'mlp.gelu':
      return [rows(mlp.x - 3, mlp.x + mlp.width + 3)];
    case 'mlp.out':
      return [down(mlp.x + mlp.width, mlpAdd)];
    case 'resid_post':
      return [mark(mlpAdd, PLUS), below(lane, mlpAdd)];
    default:
      return undefined;
  }
}

/** The numbers below ⊕: what the addition does to the guess. */
const below = (lane: WideLayout['lanes'][number], x: number): Box => ({
  x: x - 1,
  y: formingTop(lane) - 10,
  width: 104,
  height: lane.y + lane.height - formingTop(lane) + 8,
});

function inCard(
  step: string,
  {heads, mlp, attentionAdd, mlpAdd}: NarrowBlock,
  {stream, width}: NarrowLayout,
): readonly Box[] | undefined {
  const last = heads.at(-1)!;
  const mark = (box: Box): Box => ({x: stream.x + 11, y: box.y - 4, width: 16, height: 24});
  const matrices = {
    x: heads[0]!.x - 3,
    y: heads[0]!.y - 18,
    width: width - heads[0]!.x + 3,
    height: last.y + last.height - heads[0]!.y + 21,
  };
  const tile = {x: mlp.x - 3, y: mlp.y - 18, width: mlp.width + 3, height: mlp.height + 21};
  const add = (y: number): Box => ({x: 0, y: y - 14, width, height: 28});
  switch (step) {
    case 'ln_1':
      return [mark(heads[0]!)];
    case 'resid_mid':
      return [add(attentionAdd)];
    case 'ln_2':
      return [mark(mlp)];
    case 'resid_post':
      return [add(mlpAdd)];
    default:
      return [step.startsWith('mlp') ? tile : matrices];
  }
}
