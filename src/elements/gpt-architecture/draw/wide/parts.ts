/** The vectors and attention rows of a lane. */
import {parseColor} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import {activeUnits} from '../../data/architecture-data.js';
import {type Lane, overlap, type Span} from '../../layout/map-layout.js';
import {captionOf, type WideLayout} from '../../layout/wide.js';
import type {MapView} from '../map-view.js';
import {drawOff, drawReplaced} from '../off.js';
import {fitting} from '../text-width.js';
import {drawVector, EMBEDDING_TILE, HIDDEN_TILE} from '../tile.js';
import {CAPTION_SIZE, drawHeadRow, ROOM_FOR_WORD} from './head-row.js';

export function drawParts(surface: Surface, layout: WideLayout, view: MapView, lane: Lane): void {
  const {data, theme, extents, seen} = view;
  const {parts, token} = lane;
  const tile = (span: Span, name: string, extent: number, size: typeof EMBEDDING_TILE): void => {
    const box = {...span, ...parts};
    if (!seen || overlap(box, seen)) drawVector(surface, view, {name, token, extent}, box, size);
  };
  tile(layout.wte, 'embed.token', extents.embed, EMBEDDING_TILE);
  tile(layout.wpe, 'embed.position', extents.embed, EMBEDDING_TILE);
  for (const {layer, heads, mlp} of layout.blocks) {
    for (const [head, span] of (heads ?? []).entries()) drawHeadRow(surface, view, lane, span, layer, head);
    if (!mlp) continue;
    if (data.off.includes(`h.${layer}.mlp`)) drawOff(surface, {...mlp, ...parts}, theme);
    else if (data.patched?.includes(`h.${layer}.mlp`)) drawReplaced(surface, {...mlp, ...parts}, theme);
    else tile(mlp, `h.${layer}.mlp.hidden`, extents.hidden, HIDDEN_TILE);
  }
}

/** What the chosen lane’s vectors are, in its own numbers. */
export function drawCaptions(surface: Surface, layout: WideLayout, view: MapView, lane: Lane): void {
  const {data, theme, chosen} = view;
  const caption = (
    wordings: readonly string[],
    {x, width}: Span,
    fill = theme.muted,
    line = 0,
    spare = 0,
  ): void =>
    surface.text(fitting(wordings, width + spare, CAPTION_SIZE), x + width / 2, captionOf(lane, line), {
      fill,
      size: CAPTION_SIZE,
      font: theme.sans,
      anchor: 'middle',
      halo: theme.hover,
    });
  const id = data.ids[chosen];
  caption([`id ${id}`, `${id}`], layout.wte);
  caption([`position ${chosen}`, `pos ${chosen}`, `${chosen}`], layout.wpe);
  for (const {layer, mlp, heads} of layout.blocks) {
    if (!mlp || !heads) continue;
    const [first, last] = [heads[0]!, heads.at(-1)!];
    if (first.width >= ROOM_FOR_WORD)
      caption(READ_MOST, {x: first.x, width: last.x + last.width - first.x}, theme.attention, 1);
    if (data.off.includes(`h.${layer}.mlp`)) continue;
    if (data.patched?.includes(`h.${layer}.mlp`))
      caption(['from the other text', 'replaced'], mlp, theme.error);
    else {
      caption([`${activeUnits(data, layer, chosen)} of ${4 * data.config.embDim}`], mlp, theme.mlp);
      caption(['units active', 'active'], mlp, theme.mlp, 1, 4);
    }
  }
}

/** What the tokens below the heads are. */
const READ_MOST = ['the token each head reads most', 'read most'];

/** How much of the lanes that are neither chosen nor pointed at is covered: of attention less, so that its triangles are seen. */
const VEIL = 0.7;
const ATTENTION_VEIL = 0.45;

export function drawLaneVeil(
  surface: Surface,
  {wte, guesses, blocks}: WideLayout,
  {theme}: MapView,
  {y, height}: Lane,
): void {
  const [r, g, b] = parseColor(theme.background);
  const cover = (from: number, to: number, veil: number): void =>
    surface.rect(from, y, to - from, height, {fill: `rgb(${r}, ${g}, ${b}, ${veil})`});
  let x = wte.x - 2;
  for (const {heads, mlp} of blocks) {
    if (!heads || !mlp) continue;
    cover(x, heads[0]!.x - 2, VEIL);
    cover(heads[0]!.x - 2, mlp.x - 2, ATTENTION_VEIL);
    x = mlp.x - 2;
  }
  cover(x, guesses.x - 2, VEIL);
}
