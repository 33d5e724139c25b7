/** The vectors and attention rows of a lane. */
import {parseColor} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import {activeUnits} from '../../data/architecture-data.js';
import {type Lane, overlap, type Span} from '../../layout/map-layout.js';
import {captionOf, type WideLayout} from '../../layout/wide.js';
import type {MapView} from '../map-view.js';
import {drawOff, drawReplaced} from '../off.js';
import {drawVector, EMBEDDING_TILE, HIDDEN_TILE} from '../tile.js';
import {CAPTION_SIZE, drawHeadRow} from './head-row.js';

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
    else {
      tile(mlp, `h.${layer}.mlp.hidden`, extents.hidden, HIDDEN_TILE);
      if (data.patched?.includes(`h.${layer}.mlp`)) drawReplaced(surface, {...mlp, ...parts}, theme);
    }
  }
}

/** What the chosen lane’s vectors are, in its own numbers. */
export function drawCaptions(surface: Surface, layout: WideLayout, view: MapView, lane: Lane): void {
  const {data, theme, chosen} = view;
  const y = captionOf(lane);
  const caption = (wordings: readonly string[], {x, width}: Span, fill = theme.muted): void => {
    const text = wordings.find(({length}) => length * WORD_CHARACTER <= width + 4) ?? '';
    surface.text(text, x + width / 2, y, {
      fill,
      size: CAPTION_SIZE,
      font: theme.sans,
      anchor: 'middle',
      halo: theme.hover,
    });
  };
  caption([`id ${data.ids[chosen]}`, `${data.ids[chosen]}`], layout.wte);
  caption([`position ${chosen}`, `pos ${chosen}`, `${chosen}`], layout.wpe);
  for (const {layer, mlp, links} of layout.blocks) {
    if (links && links.width >= ROOM_FOR_READS.short)
      surface.text(links.width > ROOM_FOR_READS.long ? 'reads most' : 'reads', links.x - 2, y, {
        fill: theme.attention,
        size: CAPTION_SIZE,
        font: theme.sans,
        halo: theme.hover,
      });
    if (!mlp || data.off.includes(`h.${layer}.mlp`)) continue;
    if (data.patched?.includes(`h.${layer}.mlp`))
      caption(['from the other text', 'replaced'], mlp, theme.error);
    else {
      const active = `${activeUnits(data, layer, chosen)} of ${4 * data.config.embDim}`;
      caption([`${active} active`, active], mlp, theme.mlp);
    }
  }
}

/** Left of the heads, for what their captions say. */
const ROOM_FOR_READS = {short: 28, long: 64};
/** Width of a character of the words. */
const WORD_CHARACTER = 5.8;

/** How much of the lanes that are neither chosen nor pointed at is covered. */
const VEIL = 0.55;

export function drawLaneVeil(
  surface: Surface,
  {wte, guesses}: WideLayout,
  {theme}: MapView,
  {y, height}: Lane,
): void {
  const [r, g, b] = parseColor(theme.background);
  const left = wte.x - 2;
  surface.rect(left, y, guesses.x - 2 - left, height, {fill: `rgb(${r}, ${g}, ${b}, ${VEIL})`});
}
