/** The map on a wide page. */
import type {Surface} from '../../../../viz/surface.js';
import type {WideLayout} from '../../layout/wide.js';
import {drawCandidates} from '../candidates.js';
import type {MapView} from '../map-view.js';
import {drawActiveLane, drawHead} from './active-lane.js';
import {drawCollapsed} from './collapsed.js';
import {drawLinks} from './links.js';
import {drawCaptions, drawLaneVeil, drawParts} from './parts.js';
import {drawGuess, drawStream, drawToken} from './stream.js';
import {drawTitles} from './titles.js';

/** From this factor on, a reader looks at single numbers: those of all lanes are legible. */
const CLOSE = 2;

export function drawWideMap(surface: Surface, layout: WideLayout, view: MapView): void {
  const {data, theme, chosen, hovered, zoom = 1} = view;
  const {lanes} = layout;
  const active = lanes[chosen]!;
  const band = layout.guesses.x + layout.guesses.width + 2;
  // With forced colors, nothing is tinted: the band has an edge instead.
  const edge = theme.hover === theme.background ? {stroke: theme.muted} : {};
  surface.rect(0, active.y, band, active.height, {fill: theme.hover, ...edge});
  if (hovered !== undefined && hovered !== chosen && lanes[hovered])
    surface.rect(0, lanes[hovered].y, band, lanes[hovered].height, {fill: theme.hover});
  // Of a zoomed map, the names stand along its edges: `drawEdges`.
  if (!view.seen) drawTitles(surface, layout, view);
  for (const lane of lanes) {
    drawStream(surface, layout, view, lane);
    drawParts(surface, layout, view, lane);
    drawGuess(surface, layout, view, lane);
    if (!view.seen) drawToken(surface, layout, view, lane);
    if (!view.stage && zoom < CLOSE && lane.token !== chosen && lane.token !== hovered)
      drawLaneVeil(surface, layout, view, lane);
  }
  for (const block of layout.blocks) drawLinks(surface, layout, view, block);
  for (const block of layout.blocks) drawCollapsed(surface, view, block);
  drawCaptions(surface, layout, view, active);
  drawActiveLane(surface, layout, view, active);
  drawHead(surface, layout, view, active);
  drawCandidates(surface, data.stream.at(-1)!.guesses[chosen] ?? [], layout.candidates, theme);
}
