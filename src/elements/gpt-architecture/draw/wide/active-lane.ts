/** What the chosen lane shows more than the others: how its parts hang on the stream, and how its guess forms. */
import {ramp} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import type {BlockColumns, Lane} from '../../layout/map-layout.js';
import {FORMING_ROW, FORMING_ROWS, formingTop, mlpNorm, type WideLayout} from '../../layout/wide.js';
import {drawForming} from '../forming.js';
import type {MapView} from '../map-view.js';
import {drawPlus} from '../plus.js';
import {fitting} from '../text-width.js';
import {CAPTION_SIZE} from './head-row.js';
import {px} from './px.js';
import {TITLE} from './titles.js';

/** “so far”, and a followed candidate’s name of seven letters, left of the first point. */
const ROOM_FOR_GUESS = 112;
const STREAM_NAMES = ['residual stream: the sum so far', 'residual stream: sum so far', 'residual stream'];
/** Points of the stream that are nearer to the one before have no room for numbers. */
const ROOM_FOR_SHARE = 46;

export function drawActiveLane(surface: Surface, layout: WideLayout, view: MapView, lane: Lane): void {
  const {data, theme, chosen} = view;
  const {points, blocks, bars} = layout;
  drawStart(surface, layout, view, lane);
  for (const block of blocks) drawTaps(surface, block, view, lane);
  const y = formingTop(lane);
  const isSmall = (i: number): boolean => Boolean(blocks[Math.floor((i - 1) / 2)]?.small);
  let free = 0;
  const places = points.map((x, i) => {
    if (i > 0 && !isSmall(i)) drawPlus(surface, x, lane.stream.y, 6.5, theme);
    if (i > 0 && (isSmall(i) || x < free)) return undefined;
    free = x + ROOM_FOR_SHARE;
    surface.line(x, lane.stream.y + (i > 0 ? 7 : 3), x, y + (FORMING_ROWS - 0.5) * FORMING_ROW, {
      stroke: theme.residual,
    });
    const next = points.find((one, j) => j > i && !isSmall(j) && one >= free) ?? bars.x - 20;
    return {x: x + 1, room: next - x};
  });
  const [start, ...others] = places;
  const name = start ? start.x + ROOM_FOR_SHARE + 6 : 0;
  const next = others.find((place) => place);
  const words = fitting(STREAM_NAMES, start ? (next?.x ?? bars.x - 20) - name - 6 : 0, TITLE);
  surface.text(words, name, y - FORMING_ROW, {fill: theme.residual, size: TITLE, font: theme.sans});
  if (points[0]! >= ROOM_FOR_GUESS)
    for (const [row, words] of ['guess', 'so far'].entries())
      surface.text(words, 8, y + row * FORMING_ROW, {fill: theme.muted, size: TITLE, font: theme.sans});
  drawForming(surface, data, chosen, {y, labels: points[0]! - 8, points: places}, theme);
}

/** From the embedding down into the stream that it begins. */
function drawStart(
  surface: Surface,
  {wpe, points}: WideLayout,
  {theme}: MapView,
  {parts, stream}: Lane,
): void {
  const [from, to, middle] = [wpe.x + wpe.width, points[0]!, parts.y + parts.height / 2];
  surface.path(
    `M${px(from)} ${px(middle)}C${px(to)} ${px(middle)} ${px(from)} ${px(stream.y)} ${px(to)} ${px(stream.y)}`,
    {
      stroke: theme.residual,
      lineWidth: 2,
    },
  );
}

/** Thin lines from the stream into a sublayer, through its norm, and back to where its output is added. */
function drawTaps(
  surface: Surface,
  {links, heads, mlp, attentionAdd, mlpAdd}: BlockColumns,
  {theme}: MapView,
  {parts, stream}: Lane,
): void {
  if (!links || !heads || !mlp) return;
  const stroke = theme.residual;
  const middle = parts.y + parts.height / 2;
  const last = heads.at(-1)!;
  const down = (from: number, to: number): void =>
    surface.path(
      `M${px(from)} ${px(middle)}H${px(to - 5)}Q${px(to)} ${px(middle)} ${px(to)} ${px(middle + 5)}V${px(stream.y - 7)}`,
      {stroke},
    );
  down(last.x + last.width, attentionAdd);
  down(mlp.x + mlp.width, mlpAdd);
  const up = mlpNorm({mlp, attentionAdd});
  surface.path(
    `M${px(up)} ${px(stream.y)}V${px(middle + 5)}Q${px(up)} ${px(middle)} ${px(up + 5)} ${px(middle)}H${px(mlp.x)}`,
    {stroke},
  );
  for (const x of [links.x - 2, up - 2]) surface.rect(x, stream.y - 8, 4, 16, {fill: theme.norm});
}

/** From the chosen stream’s end to all candidates: the head gives every token of the vocabulary a score. */
export function drawHead(
  surface: Surface,
  {guesses, bars, blocks, candidates}: WideLayout,
  {theme}: MapView,
  lane: Lane,
): void {
  const [first, last] = [candidates[0]!, candidates.at(-1)!];
  const [x1, x2] = [guesses.x + guesses.width + 2, bars.x - 4];
  const middle = (x1 + x2) / 2 + 6;
  const [top, bottom] = [first.y + first.height / 2 - 9, last.y + last.height / 2 + 9];
  const {y, reach} = lane.stream;
  const name = fitting(['final norm', 'norm'], x1 - blocks.at(-1)!.mlpAdd - 10, CAPTION_SIZE);
  surface.text(name, x1 - 2, y - reach - 10, {
    fill: theme.norm,
    size: CAPTION_SIZE,
    font: theme.sans,
    anchor: 'end',
  });
  surface.path(
    `M${px(x1)} ${px(y - reach)}C${px(middle)} ${px(y - reach)} ${px(middle)} ${px(top)} ${px(x2)} ${px(top)}V${px(bottom)}C${px(middle)} ${px(bottom)} ${px(middle)} ${px(y + reach)} ${px(x1)} ${px(y + reach)}Z`,
    {fill: ramp(theme.background, theme.residual)(0.25)},
  );
  surface.rect(x1 - 6, y - reach - 2, 4, 2 * reach + 4, {fill: theme.norm});
}
