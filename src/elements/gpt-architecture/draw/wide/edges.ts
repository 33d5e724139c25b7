/** The names of columns and lanes along the edges of a zoomed map, where they stay in sight. */
import {visibleToken} from '../../../../ui/base/format.js';
import type {CameraView} from '../../../../viz/camera.js';
import type {Surface} from '../../../../viz/surface.js';
import type {BlockColumns, Span} from '../../layout/map-layout.js';
import type {WideLayout} from '../../layout/wide.js';
import type {MapView} from '../map-view.js';
import {drawTitles} from './titles.js';

const SIZE = 13;
/** Height of the line of tokens, width of their characters, and from which width of a cell on they are written. */
const LINE = 16;
const CHARACTER = 6.6;
const ROOM_FOR_TOKEN = 15;

/** Draws onto a surface that is not zoomed. */
export function drawEdges(surface: Surface, layout: WideLayout, view: MapView, camera: CameraView): void {
  const {theme} = view;
  const {width, height, header} = layout;
  const left = layout.tokens.width;
  surface.rect(0, header, left, height - header, {fill: theme.background});
  drawLaneNames(surface, layout, view, camera);
  surface.rect(0, 0, width, header, {fill: theme.background});
  drawTitles(surface, onScreen(layout, camera), view);
  drawReadTokens(surface, layout, view, camera);
  surface.line(0, header, width, header, {stroke: theme.hairline});
  surface.line(left, header, left, height, {stroke: theme.hairline});
}

function drawLaneNames(
  surface: Surface,
  {lanes, tokens, header, height}: WideLayout,
  {data, theme, chosen}: MapView,
  {k, y}: CameraView,
): void {
  for (const lane of lanes) {
    const isChosen = lane.token === chosen;
    const top = Math.max(header, lane.y * k + y);
    const bottom = Math.min(height, (lane.y + lane.height) * k + y);
    if (bottom - top < SIZE) continue;
    if (isChosen) surface.rect(0, top, tokens.width, bottom - top, {fill: theme.hover});
    // Beside its parts, and at an edge while they are out of sight.
    const beside = (lane.parts.y + lane.parts.height / 2) * k + y;
    surface.text(
      visibleToken(data.tokens[lane.token]!),
      tokens.x + 8,
      Math.max(top + SIZE / 2, Math.min(bottom - SIZE / 2, beside)),
      {fill: theme.text, size: SIZE, weight: isChosen ? 600 : 400, font: theme.mono},
    );
  }
}

/** Which token each number of a head is about, where single numbers are seen. */
function drawReadTokens(
  surface: Surface,
  {blocks, tokens, width, header}: WideLayout,
  {data, theme}: MapView,
  {k, x}: CameraView,
): void {
  const heads = blocks.flatMap((block) => block.heads ?? []);
  const cell = heads[0] ? (Math.max(...heads.map((head) => head.width)) / data.tokens.length) * k : 0;
  if (cell < ROOM_FOR_TOKEN) return;
  surface.rect(tokens.width, header, width - tokens.width, LINE, {fill: theme.background});
  for (const head of heads) {
    const own = (head.width / data.tokens.length) * k;
    if (own < ROOM_FOR_TOKEN) continue;
    for (const [t, token] of data.tokens.entries()) {
      const middle = head.x * k + x + (t + 0.5) * own;
      if (middle - own / 2 < tokens.width || middle > width) continue;
      surface.text(
        visibleToken(token).slice(0, Math.floor((own - 3) / CHARACTER)),
        middle,
        header + LINE / 2,
        {
          fill: theme.key,
          size: 11,
          font: theme.mono,
          anchor: 'middle',
        },
      );
    }
  }
}

/** Returns the columns as they are seen, right of the lanes’ names. What is out of sight has no width. */
function onScreen(layout: WideLayout, {k, x}: CameraView): WideLayout {
  const seen = (at: number): number => Math.max(layout.tokens.width, Math.min(layout.width, at * k + x));
  const span = (one: Span): Span => ({x: seen(one.x), width: seen(one.x + one.width) - seen(one.x)});
  return {
    ...layout,
    wte: span(layout.wte),
    wpe: span(layout.wpe),
    guesses: span(layout.guesses),
    bars: span(layout.bars),
    blocks: layout.blocks.map(
      (block): BlockColumns => ({
        ...block,
        ...span(block),
        links: block.links && span(block.links),
        heads: block.heads?.map(span),
        mlp: block.mlp && span(block.mlp),
        attentionAdd: seen(block.attentionAdd),
        mlpAdd: seen(block.mlpAdd),
      }),
    ),
  };
}
