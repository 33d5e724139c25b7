/** The map on a wide page. */
import {visibleToken} from '../../../ui/base/format.js';
import {type ColorScale, parseColor, ramp, shareScale, signedScale, textOn} from '../../../viz/color.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import {headRow, normAt, rowOf, streamPoints} from '../data/architecture-data.js';
import {POSITIONS} from '../data/switches.js';
import {type BlockColumns, type Box, type Lane, overlap, type Span} from '../layout/map-layout.js';
import {FORMING_ROW, FORMING_ROWS, formingTop, type WideLayout} from '../layout/wide.js';
import {mainSources} from './attention-links.js';
import {drawCandidates} from './candidates.js';
import {drawForming} from './forming.js';
import type {MapView} from './map-view.js';
import {drawPlus} from './plus.js';
import {drawRibbon, halfThickness} from './ribbon.js';
import {drawTile, EMBEDDING_TILE, HIDDEN_TILE, inRoom} from './tile.js';

const TITLE = 12;
/** A narrower head has no room for “head 1” above it. */
const ROOM_FOR_HEAD = 40;

export function drawWideMap(surface: Surface, layout: WideLayout, view: MapView): void {
  const {data, theme, chosen, hovered} = view;
  const {lanes} = layout;
  const active = lanes[chosen]!;
  const band = layout.bars.x - 44;
  surface.rect(0, active.y, band, active.height, {fill: theme.hover});
  if (hovered !== undefined && hovered !== chosen && lanes[hovered])
    surface.rect(0, lanes[hovered].y, band, lanes[hovered].height, {fill: theme.hover});
  drawTitles(surface, layout, view);
  for (const lane of lanes) {
    drawStream(surface, layout, view, lane);
    drawParts(surface, layout, view, lane);
    drawGuess(surface, layout, view, lane);
    drawToken(surface, layout, view, lane);
    if (!view.stage && lane.token !== chosen && lane.token !== hovered)
      drawLaneVeil(surface, layout, view, lane);
  }
  for (const block of layout.blocks) drawLinks(surface, layout, view, block);
  for (const block of layout.blocks) drawSmall(surface, view, block, shareScale(theme));
  drawActiveLane(surface, layout, view, active);
  drawHead(surface, layout, view, active);
  drawCandidates(surface, data.stream.at(-1)!.guesses[chosen] ?? [], layout.candidates, theme);
}

/** The vectors and attention rows of a lane. */
function drawParts(surface: Surface, layout: WideLayout, view: MapView, lane: Lane): void {
  const {data, theme, extents, zoom = 1, seen} = view;
  const {parts, token} = lane;
  const shares = shareScale(theme);
  const tile = (span: Span, values: ArrayLike<number>, extent: number, size: typeof EMBEDDING_TILE): void => {
    const box = {...span, ...parts};
    if (seen && !overlap(box, seen)) return;
    surface.rect(box.x, box.y, box.width, box.height, {fill: theme.background});
    drawTile(
      surface,
      values,
      box,
      {...inRoom(size, box.width * zoom), scale: signedScale(theme, extent), zoom},
      theme,
    );
    surface.rect(box.x, box.y, box.width, box.height, {stroke: theme.hairline, lineWidth: 1 / zoom});
  };
  tile(layout.wte, rowOf(data, 'embed.token', token), extents.embed, EMBEDDING_TILE);
  tile(layout.wpe, rowOf(data, 'embed.position', token), extents.embed, EMBEDDING_TILE);
  for (const {layer, heads, mlp} of layout.blocks) {
    for (const [head, span] of (heads ?? []).entries())
      drawHeadRow(surface, view, lane, span, layer, head, shares);
    if (!mlp) continue;
    if (data.off.includes(`h.${layer}.mlp`)) drawOff(surface, {...mlp, ...parts}, theme);
    else tile(mlp, rowOf(data, `h.${layer}.mlp.hidden`, token), extents.hidden, HIDDEN_TILE);
  }
}

/** How much of the lanes that are neither chosen nor pointed at is covered. */
const VEIL = 0.5;

function drawLaneVeil(
  surface: Surface,
  {wte, guesses}: WideLayout,
  {theme}: MapView,
  {y, height}: Lane,
): void {
  const [r, g, b] = parseColor(theme.background);
  const left = wte.x - 2;
  surface.rect(left, y, guesses.x - 2 - left, height, {fill: `rgb(${r}, ${g}, ${b}, ${VEIL})`});
}

/** Middles of the lines above the lanes: names, what happens there in plain words, and columns. */
const [NAME, WORDS, COLUMN] = [9, 31, 53];
/** Rough width of a character of the words. */
const CHARACTER = 5.8;

function drawTitles(surface: Surface, layout: WideLayout, {data, theme, chosen}: MapView): void {
  const {tokens, config, off} = data;
  const title = (
    text: string,
    x: number,
    y: number,
    anchor: 'start' | 'middle' | 'end' = 'start',
    fill = theme.muted,
  ): void => surface.text(text, x, y, {fill, size: TITLE, font: theme.sans, anchor});
  const over = ({x, width}: Span): number => x + width / 2;
  const group = (text: string, x: number): void =>
    surface.text(text, x, NAME, {fill: theme.text, size: 13.5, weight: 600, font: theme.sans});
  /** The longest of some wordings that there is room for. */
  const words = (wordings: readonly string[], x: number, room: number, fill = theme.muted): void => {
    const fitting = wordings.find((text) => text.length * CHARACTER <= room);
    if (fitting) title(fitting, x, WORDS, 'start', fill);
  };
  group('Text', layout.tokens.x);
  words(['cut into tokens', 'as tokens', 'tokens'], layout.tokens.x, layout.wte.x - layout.tokens.x);
  const room = layout.wpe.x + layout.wpe.width - layout.wte.x;
  const isRoomy = room > 92;
  group(isRoomy ? 'Embedding' : 'Embed', layout.wte.x);
  words(
    [`each becomes ${config.embDim} numbers`, `as ${config.embDim} numbers`, `${config.embDim} numbers`],
    layout.wte.x,
    room + 8,
  );
  title(isRoomy ? 'token' : 'tok.', layout.wte.x, COLUMN);
  title(
    isRoomy ? '+ position' : '+ pos.',
    layout.wpe.x + layout.wpe.width,
    COLUMN,
    'end',
    off.includes(POSITIONS) ? theme.error : theme.muted,
  );
  for (const {layer, x, width, links, heads, mlp, attentionAdd} of layout.blocks) {
    if (!heads || !mlp || !links) {
      title(`${layer + 1}`, x + width / 2, COLUMN, 'middle');
      continue;
    }
    group(`Block ${layer + 1}`, links.x);
    surface.line(links.x, 20, mlp.x + mlp.width, 20, {stroke: theme.hairline});
    words(
      ['Attention: reads earlier tokens', 'Attention: reads back', 'Attention'],
      links.x,
      attentionAdd - links.x,
      theme.attention,
    );
    words(
      ['MLP: finds patterns, each token alone', 'MLP: finds patterns', 'MLP: patterns', 'MLP'],
      mlp.x,
      mlp.width + 14,
      off.includes(`h.${layer}.mlp`) ? theme.error : theme.mlp,
    );
    const isTight = Math.min(...heads.map((span) => span.width)) < ROOM_FOR_HEAD;
    if (isTight && links.width > 34) title('head', links.x, COLUMN);
    heads.forEach((span, head) => {
      const isOff = off.includes(`h.${layer}.attn.${head}`);
      title(
        isOff ? `${head + 1} off` : `${isTight && span.width < ROOM_FOR_HEAD ? '' : 'head '}${head + 1}`,
        over(span),
        COLUMN,
        'middle',
        isOff ? theme.error : theme.attention,
      );
    });
    const isOff = off.includes(`h.${layer}.mlp`);
    title(
      isOff ? 'MLP off' : mlp.width > 70 ? `${4 * config.embDim} detectors` : `${4 * config.embDim}`,
      mlp.x,
      COLUMN,
      'start',
      isOff ? theme.error : theme.mlp,
    );
  }
  title('each lane’s', layout.guesses.x + 4, WORDS);
  title('best guess', layout.guesses.x + 4, COLUMN);
  group('Next token', layout.bars.x);
  title(`after ${visibleToken(tokens[chosen]!)}`, layout.bars.x, WORDS);
}

function drawToken(surface: Surface, layout: WideLayout, {data, theme, chosen}: MapView, lane: Lane): void {
  surface.text(
    visibleToken(data.tokens[lane.token]!),
    layout.tokens.x + 8,
    lane.parts.y + lane.parts.height / 2,
    {
      fill: theme.text,
      size: lane.token === chosen ? 15 : 13,
      weight: lane.token === chosen ? 600 : 400,
      font: theme.mono,
    },
  );
}

function drawStream(
  surface: Surface,
  layout: WideLayout,
  {data, theme, chosen, extents}: MapView,
  lane: Lane,
): void {
  const points = streamPoints(data.config).map((at, i) => ({
    x: layout.points[i]!,
    half: halfThickness(normAt(data, at, lane.token), extents.norm, lane.stream.reach),
  }));
  const fill = ramp(theme.background, theme.residual)(lane.token === chosen ? 0.62 : 0.3);
  drawRibbon(surface, points, {
    y: lane.stream.y,
    end: layout.guesses.x + (lane.token === chosen ? layout.guesses.width - 6 : -4),
    fill,
  });
}

/** The strongest links that lead into the chosen lane. */
function drawLinks(
  surface: Surface,
  layout: WideLayout,
  view: MapView,
  {layer, links, heads}: BlockColumns,
): void {
  if (!links || !heads) return;
  const {data, theme, chosen, hovered} = view;
  const {nHeads} = data.config;
  const shade = ramp(theme.background, theme.attention);
  const draw = (lane: Lane, strong: boolean): void => {
    for (let head = 0; head < nHeads; head++) {
      if (data.off.includes(`h.${layer}.attn.${head}`)) continue;
      const target = lane.parts.y + ((head + 0.5) / nHeads) * lane.parts.height;
      for (const {token, weight} of mainSources(headRow(data, layer, head, lane.token)).reverse()) {
        const source = layout.lanes[token]!;
        const [x1, x2] = [links.x, links.x + links.width - 4];
        const middle = (x1 + x2) / 2;
        surface.path(
          `M${px(x1)} ${px(source.stream.y)}C${px(middle)} ${px(source.stream.y)} ${px(middle)} ${px(target)} ${px(x2)} ${px(target)}`,
          {
            stroke: shade(strong ? 0.3 + 0.7 * weight : 0.06 + 0.14 * weight),
            lineWidth: strong ? 0.75 + 4 * weight : 0.75 + weight,
          },
        );
      }
    }
  };
  // All links at once would be a haze: those of other lanes are drawn where the reader looks at them.
  for (const lane of layout.lanes)
    if (lane.token !== chosen && (view.stage || lane.token === hovered)) draw(lane, lane.token === hovered);
  draw(layout.lanes[chosen]!, true);
}

function drawHeadRow(
  surface: Surface,
  view: MapView,
  lane: Lane,
  span: Span,
  layer: number,
  head: number,
  shares: ColorScale,
): void {
  const {data, theme, chosen, zoom = 1, seen: visible} = view;
  if (visible && !overlap({...span, ...lane.parts}, visible)) return;
  const T = data.tokens.length;
  const row = headRow(data, layer, head, lane.token);
  const off = data.off.includes(`h.${layer}.attn.${head}`);
  const cell = span.width / T;
  const {y, height} = lane.parts;
  const seen = (lane.token + 1) * cell;
  if (off) {
    drawOff(surface, {x: span.x, y, width: seen, height}, theme);
    return;
  }
  surface.rect(span.x, y, seen, height, {fill: theme.background});
  surface.grid(
    span.x,
    y,
    cell,
    T,
    Array.from(row, (weight, t) => (t <= lane.token && weight > 0.004 ? shares.color(weight) : undefined)),
    height,
  );
  if (cell * zoom >= ROOM_FOR_PERCENT && lane.token === chosen)
    drawKeys(surface, view, span, cell, lane.y + lane.height - 9);
  if (cell * zoom >= ROOM_FOR_PERCENT)
    for (let t = 0; t <= lane.token; t++)
      printPercent(surface, row[t]!, span.x + (t + 0.5) * cell, y + height / 2, cell, shares, theme);
  surface.rect(span.x, y, seen, height, {
    stroke: lane.token === chosen ? theme.muted : theme.hairline,
    lineWidth: 1 / zoom,
  });
}

/** The tokens that are looked at, below the columns of an open head. */
function drawKeys(
  surface: Surface,
  {data, theme, chosen, zoom = 1}: MapView,
  span: Span,
  cell: number,
  y: number,
): void {
  for (let t = 0; t <= chosen; t++)
    surface.text(
      visibleToken(data.tokens[t]!).slice(0, Math.floor((cell * zoom) / 6)),
      span.x + (t + 0.5) * cell,
      y,
      {
        fill: theme.key,
        size: 10 / zoom,
        font: theme.mono,
        anchor: 'middle',
      },
    );
}

/** From this width on, a cell has room for its percentage. */
const ROOM_FOR_PERCENT = 15;

function printPercent(
  surface: Surface,
  weight: number,
  x: number,
  y: number,
  cell: number,
  shares: ColorScale,
  theme: Theme,
): void {
  surface.text(`${Math.round(100 * weight)}`, x, y, {
    fill: textOn(shares.color(weight), theme),
    size: Math.min(12, cell * 0.5),
    font: theme.mono,
    anchor: 'middle',
  });
}

function drawGuess(
  surface: Surface,
  {guesses}: WideLayout,
  {data, theme, chosen}: MapView,
  lane: Lane,
): void {
  const best = data.stream.at(-1)!.guesses[lane.token]?.[0];
  if (!best) return;
  surface.text(visibleToken(best.token), guesses.x + 4, lane.parts.y + lane.parts.height * 0.65, {
    fill: ramp(theme.background, theme.text)(0.5 + 0.5 * best.probability),
    size: lane.token === chosen ? 14 : 12,
    weight: lane.token === chosen ? 600 : 400,
    font: theme.mono,
  });
}

/** Points of the stream that are nearer to the one before have no room for numbers. */
const ROOM_FOR_SHARE = 46;

/** What the chosen lane shows more than the others: how its parts hang on the stream, and how its guess forms. */
function drawActiveLane(surface: Surface, layout: WideLayout, view: MapView, lane: Lane): void {
  const {data, theme, chosen} = view;
  const {points, blocks, guesses} = layout;
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
    const next = points.find((one, j) => j > i && !isSmall(j) && one >= free) ?? guesses.x + guesses.width;
    return {x: x + 1, room: next - x};
  });
  surface.text('its guess so far', 8, y, {fill: theme.muted, size: TITLE, font: theme.sans});
  drawForming(surface, data, chosen, {y, labels: points[0]! - 8, points: places}, theme);
}

/** Thin lines from the stream into a sublayer, through its norm, and back to where its output is added. */
function drawTaps(
  surface: Surface,
  {links, heads, mlp, attentionAdd, mlpAdd}: BlockColumns,
  {theme}: MapView,
  lane: Lane,
): void {
  if (!links || !heads || !mlp) return;
  const stroke = theme.residual;
  const {parts, stream} = lane;
  const middle = parts.y + parts.height / 2;
  const last = heads.at(-1)!;
  const down = (from: number, to: number): void =>
    surface.path(
      `M${px(from)} ${px(middle)}H${px(to - 5)}Q${px(to)} ${px(middle)} ${px(to)} ${px(middle + 5)}V${px(stream.y - 7)}`,
      {stroke},
    );
  down(last.x + last.width, attentionAdd);
  down(mlp.x + mlp.width, mlpAdd);
  const up = mlp.x - 9;
  surface.path(
    `M${px(up)} ${px(stream.y)}V${px(middle + 5)}Q${px(up)} ${px(middle)} ${px(up + 5)} ${px(middle)}H${px(mlp.x)}`,
    {stroke},
  );
  for (const x of [links.x - 2, up - 2]) surface.rect(x, stream.y - 8, 4, 16, {fill: theme.norm});
}

/** From the chosen stream’s end to all candidates: the head gives every token of the vocabulary a score. */
function drawHead(
  surface: Surface,
  {guesses, bars, candidates}: WideLayout,
  {theme}: MapView,
  lane: Lane,
): void {
  const [first, last] = [candidates[0]!, candidates.at(-1)!];
  const [x1, x2] = [guesses.x + guesses.width + 2, bars.x - 4];
  const middle = (x1 + x2) / 2 + 6;
  const [top, bottom] = [first.y + first.height / 2 - 9, last.y + last.height / 2 + 9];
  const {y, reach} = lane.stream;
  surface.path(
    `M${px(x1)} ${px(y - reach)}C${px(middle)} ${px(y - reach)} ${px(middle)} ${px(top)} ${px(x2)} ${px(top)}V${px(bottom)}C${px(middle)} ${px(bottom)} ${px(middle)} ${px(y + reach)} ${px(x1)} ${px(y + reach)}Z`,
    {fill: ramp(theme.background, theme.residual)(0.25)},
  );
  surface.rect(x1 - 6, y - reach - 2, 4, 2 * reach + 4, {fill: theme.norm});
}

/** The heads of a collapsed block. They are too small for hatching: what is masked stays empty. */
function drawSmall(
  surface: Surface,
  {data, theme}: MapView,
  {layer, small}: BlockColumns,
  scale: ColorScale,
): void {
  const T = data.tokens.length;
  for (const [head, {x, y, width, height}] of (small ?? []).entries()) {
    const colors = Array.from({length: T}, (_, t) =>
      Array.from(headRow(data, layer, head, t), (weight, key) =>
        key <= t ? scale.color(weight) : undefined,
      ),
    ).flat();
    surface.rect(x, y, width, height, {fill: theme.background});
    surface.grid(x, y, width / T, T, colors);
    surface.rect(x, y, width, height, {stroke: theme.hairline});
  }
}

const px = (value: number): number => Math.round(value * 10) / 10;

/** A part that is switched off. */
function drawOff(surface: Surface, {x, y, width, height}: Box, {masked}: Theme): void {
  surface.hatch(`M${px(x)} ${px(y)}h${px(width)}v${px(height)}h${px(-width)}Z`, {stroke: masked, spacing: 4});
  surface.rect(x, y, width, height, {stroke: masked});
}
