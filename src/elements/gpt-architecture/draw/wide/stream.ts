/** A lane’s residual stream, its token on the left and, while it is pointed at, its likeliest next token on the right. */
import {visibleToken} from '../../../../ui/base/format.js';
import {ramp} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import {normAt, streamPoints} from '../../data/architecture-data.js';
import type {Lane} from '../../layout/map-layout.js';
import type {WideLayout} from '../../layout/wide.js';
import {shortened} from '../candidates.js';
import type {MapView} from '../map-view.js';
import {drawRibbon, halfThickness} from '../ribbon.js';

export function drawToken(
  surface: Surface,
  layout: WideLayout,
  {data, theme, chosen}: MapView,
  lane: Lane,
): void {
  const isChosen = lane.token === chosen;
  surface.text(
    visibleToken(data.tokens[lane.token]!),
    layout.tokens.x + 8,
    lane.parts.y + lane.parts.height / 2,
    {
      fill: theme.text,
      size: isChosen ? 15 : 13,
      weight: isChosen ? 600 : 400,
      font: theme.mono,
    },
  );
}

export function drawStream(
  surface: Surface,
  layout: WideLayout,
  {data, theme, chosen, extents}: MapView,
  lane: Lane,
): void {
  const points = streamPoints(data.config).map((at, i) => ({
    x: layout.points[i]!,
    half: halfThickness(normAt(data, at, lane.token), extents.norm, lane.stream.reach),
  }));
  const fill = ramp(theme.background, theme.residual)(lane.token === chosen ? 0.8 : 0.22);
  drawRibbon(surface, points, {
    y: lane.stream.y,
    end: layout.guesses.x + (lane.token === chosen ? layout.guesses.width - 6 : -4),
    fill,
  });
}

export function drawGuess(
  surface: Surface,
  {guesses}: WideLayout,
  {data, theme, chosen, hovered}: MapView,
  lane: Lane,
): void {
  if (lane.token !== hovered || hovered === chosen) return;
  const best = data.stream.at(-1)!.guesses[lane.token]?.[0];
  if (!best) return;
  surface.text(shortened(visibleToken(best.token)), guesses.x + 4, lane.parts.y + lane.parts.height * 0.65, {
    fill: theme.text,
    size: 12,
    font: theme.mono,
  });
}
