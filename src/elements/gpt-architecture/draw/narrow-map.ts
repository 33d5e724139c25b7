/** The map on a narrow page. */
import {visibleToken} from '../../../ui/base/format.js';
import {ramp, shareScale} from '../../../viz/color.js';
import {drawMatrix} from '../../../viz/matrix.js';
import type {Surface} from '../../../viz/surface.js';
import {activeUnits, headRow, normAt, streamPoints} from '../data/architecture-data.js';
import {FOLLOWED, followedGuesses} from '../data/forming.js';
import {share as written} from '../data/share.js';
import type {Box} from '../layout/map-layout.js';
import {type NarrowBlock, type NarrowLayout, ROOM_FOR_CAPTION} from '../layout/narrow.js';
import {mostRead} from './attention-links.js';
import {drawCandidates, shortenedTo} from './candidates.js';
import {attentionWords, drawBesideBlock, drawChosenName} from './compact-words.js';
import type {MapView} from './map-view.js';
import {drawReplaced} from './off.js';
import {drawPlus} from './plus.js';
import {halfThickness} from './ribbon.js';
import {fitting} from './text-width.js';
import {drawVector, EMBEDDING_TILE, HIDDEN_TILE} from './tile.js';

export function drawNarrowMap(surface: Surface, layout: NarrowLayout, view: MapView): void {
  const {data, theme, chosen, extents} = view;
  drawChips(surface, layout, view);
  drawVerticalStream(surface, layout, view);
  const group = (text: string, y: number): void =>
    surface.text(text, layout.wte.x, y, {fill: theme.text, size: 14, weight: 600, font: theme.sans});
  const title = (text: string, x: number, y: number, fill = theme.muted): void =>
    surface.text(text, x, y, {fill, size: SIZE, font: theme.sans});
  const room = layout.width - layout.wte.x;
  const numbers = `as ${data.config.embDim} numbers`;
  const isCompact = layout.chips.length === 0;
  const token = fitting([`token ${numbers}`, 'token'], layout.wte.width, SIZE);
  if (!isCompact) title(token, layout.wte.x, layout.wte.y - 10);
  title('+ position', layout.wpe.x, layout.wpe.y - 10);
  drawVector(
    surface,
    view,
    {name: 'embed.token', token: chosen, extent: extents.embed},
    layout.wte,
    EMBEDDING_TILE,
  );
  drawVector(
    surface,
    view,
    {name: 'embed.position', token: chosen, extent: extents.embed},
    layout.wpe,
    EMBEDDING_TILE,
  );
  if (isCompact) drawChosenName(surface, layout, view, numbers);
  for (const block of layout.blocks) {
    group(`Block ${block.layer + 1}`, block.title + 8);
    const words = block.guesses
      ? attentionWords(block)
      : fitting(
          [
            ...(hasCaptions(block) ? ['attention: what each head reads most'] : []),
            'attention reads earlier tokens',
            'attention',
          ],
          room - 66,
          SIZE,
        );
    title(words, layout.wte.x + 66, block.title + 9, theme.attention);
    drawBlock(surface, block, view, layout.stream.x);
    if (block.guesses) {
      drawBesideBlock(surface, block, view);
      continue;
    }
    const mlp = `h.${block.layer}.mlp`;
    const isOff = data.off.includes(mlp);
    const isPatched = data.patched?.includes(mlp);
    const active = `${activeUnits(data, block.layer, chosen)} of ${4 * data.config.embDim} units active`;
    title(
      isOff
        ? 'MLP off'
        : isPatched
          ? 'MLP patched'
          : fitting([`MLP, a small neural network: ${active}`, `MLP: ${active}`, 'MLP'], room, SIZE),
      block.mlp.x,
      block.mlp.y - 10,
      isOff || isPatched ? theme.error : theme.mlp,
    );
  }
  drawReadings(surface, layout, view);
  drawMarkNames(surface, layout, view);
  group('Next token', layout.next + 8);
  drawCandidates(surface, data.stream.at(-1)!.guesses[chosen] ?? [], layout.candidates, theme);
}

const SIZE = 12;

/** What the gray line and the bars across it are, where they are seen first. */
function drawMarkNames(
  surface: Surface,
  {blocks, points, stream, next}: NarrowLayout,
  {theme}: MapView,
): void {
  const words = {size: SIZE, font: theme.sans, anchor: 'middle'} as const;
  const [block] = blocks;
  surface.text('norm', stream.x + 20, block!.heads[0]!.y + 22, {...words, fill: theme.norm});
  const [top, bottom] = [points[0]!, blocks.length > 2 ? points[2]! : next];
  surface.text('residual stream: the sum so far', 6, (top + bottom) / 2, {
    ...words,
    fill: theme.residual,
    rotate: -90,
  });
}

function drawChips(surface: Surface, {chips}: NarrowLayout, {data, theme, chosen}: MapView): void {
  chips.forEach(({x, y, width, height}, i) => {
    const isChosen = i === chosen;
    surface.rect(x + 0.5, y + 0.5, width - 1, height - 1, {
      fill: isChosen ? theme.text : theme.hover,
      stroke: isChosen ? theme.text : theme.hairline,
    });
    surface.text(visibleToken(data.tokens[i]!), x + width / 2, y + height / 2, {
      fill: isChosen ? theme.background : theme.text,
      size: 13,
      font: theme.mono,
      anchor: 'middle',
    });
  });
}

/** A ribbon from top to bottom. */
function drawVerticalStream(
  surface: Surface,
  {points, stream: {x, reach}, wte, candidates}: NarrowLayout,
  {data, theme, chosen, extents}: MapView,
): void {
  const fill = ramp(theme.background, theme.residual)(0.55);
  const ends = [...points.slice(1), candidates[0]!.y - 6];
  streamPoints(data.config).forEach((at, i) => {
    const half = halfThickness(normAt(data, at, chosen), extents.norm, reach);
    surface.rect(x - half, i === 0 ? points[0]! : points[i]!, 2 * half, ends[i]! - points[i]!, {fill});
  });
  surface.rect(x - reach - 2, ends.at(-1)! - 4, 2 * reach + 4, 4, {fill: theme.norm});
  const start = wte.y + wte.height / 2;
  surface.path(`M${wte.x} ${start}H${x + 6}Q${x} ${start} ${x} ${start + 6}V${points[0]}`, {
    stroke: theme.residual,
  });
}

/** A narrower head has no room for “head 1 off” above it, nor for the mark of a row. */
const ROOM_FOR_OFF = 62;
/** … nor for “head 1”. */
const ROOM_FOR_NAME = 44;

/** Whether there is room below the heads. */
const hasCaptions = ({heads}: NarrowBlock): boolean => heads[0]!.width >= ROOM_FOR_CAPTION;

function drawBlock(surface: Surface, block: NarrowBlock, view: MapView, x: number): void {
  const {layer, heads, attentionAdd, mlp, mlpAdd, guesses} = block;
  const {data, theme, chosen, extents} = view;
  const T = data.tokens.length;
  const shares = shareScale(theme);
  heads.forEach((box, head) => {
    const off = data.off.includes(`h.${layer}.attn.${head}`);
    const patched = data.patched?.includes(`h.${layer}.attn.${head}`);
    const name =
      box.width < ROOM_FOR_NAME
        ? `${head + 1}`
        : box.width < ROOM_FOR_OFF
          ? `${off ? 'off' : 'head'} ${head + 1}`
          : `head ${head + 1}${off ? ' off' : ''}`;
    if (!guesses)
      surface.text(patched && box.width >= ROOM_FOR_OFF ? `patched ${head + 1}` : name, box.x, box.y - 9, {
        fill: off || patched ? theme.error : theme.attention,
        size: 12,
        font: theme.sans,
      });
    const values = Array.from({length: T}, (_, t) => Array.from(headRow(data, layer, head, t))).flat();
    const matrix = {size: T, values, causal: data.config.causal !== false};
    if (off) surface.hatch(rectPath(box), {stroke: theme.masked, spacing: 4});
    else if (patched) drawReplaced(surface, box, theme);
    else
      drawMatrix(surface, matrix, theme, {
        x: box.x,
        y: box.y,
        cell: box.width / T,
        scale: shares,
        highlight: box.width >= ROOM_FOR_OFF ? {row: chosen} : undefined,
      });
    if (!off && !patched && hasCaptions(block))
      drawSource(surface, view, headRow(data, layer, head, chosen), box);
  });
  const stroke = theme.residual;
  const left = heads[0]!.x - 4;
  for (const [box, add] of [
    [heads[0]!, attentionAdd],
    [mlp, mlpAdd],
  ] as const) {
    const entry = box.y + 8;
    surface.path(`M${x} ${entry - 12}V${entry - 6}Q${x} ${entry} ${x + 6} ${entry}H${left}`, {stroke});
    surface.rect(x + 18, entry - 8, 4, 16, {fill: theme.norm});
    surface.path(
      guesses
        ? `M${left} ${add}H${x + 9}M${x + 13} ${add - 3.5}L${x + 9} ${add}L${x + 13} ${add + 3.5}`
        : `M${left} ${add - 20}H${x + 6}Q${x} ${add - 20} ${x} ${add - 14}V${add - 8}`,
      {stroke},
    );
  }
  const id = `h.${layer}.mlp`;
  if (data.off.includes(id)) surface.hatch(rectPath(mlp), {stroke: theme.masked, spacing: 4});
  else if (data.patched?.includes(id)) drawReplaced(surface, mlp, theme);
  else
    drawVector(
      surface,
      view,
      {name: `${id}.hidden`, token: chosen, extent: extents.hidden},
      mlp,
      HIDDEN_TILE,
    );
}

/** Room for the words before a guess, and from which width on there is so much. */
const LABEL = 44;
const ROOM_FOR_LABEL = 285;
/** Characters of a token before its share. */
const READING = 6;

/** How the guess forms: the followed candidates after each addition. The compact form writes them beside its blocks. */
function drawReadings(
  surface: Surface,
  {points, chips, stream: {x}, wte, width}: NarrowLayout,
  {data, theme, chosen}: MapView,
): void {
  const followed = followedGuesses(data, chosen);
  points.forEach((y, i) => {
    if (i > 0) drawPlus(surface, x, y, 8, theme);
    if (chips.length === 0) return;
    const middle = y + (i === 0 ? 8 : 0);
    const label = width - wte.x >= ROOM_FOR_LABEL ? LABEL : 0;
    if (label) surface.text('guess:', wte.x, middle, {fill: theme.muted, size: 12, font: theme.sans});
    const column = (width - wte.x - label) / FOLLOWED;
    followed.forEach(({token, shares}, n) => {
      const share = shares[i];
      if (share === undefined) return;
      const left = wte.x + label + n * column;
      const text = {size: 14, font: theme.mono, weight: n === 0 ? 600 : 400} as const;
      surface.text(shortenedTo(visibleToken(token), READING), left, middle, {...text, fill: theme.text});
      surface.text(written(share), left + 56, middle, {...text, fill: theme.attention});
    });
  });
}

/** Which token a head reads most, below its matrix. */
function drawSource(
  surface: Surface,
  {data, theme, chosen}: MapView,
  row: ArrayLike<number>,
  {x, y, width, height}: Box,
): void {
  const name = mostRead(data, row, chosen);
  surface.text(name.slice(0, Math.floor(width / 7.2)), x, y + height + 11, {
    fill: theme.attention,
    size: 12,
    font: theme.mono,
  });
}

const rectPath = ({x, y, width, height}: Box): string => `M${x} ${y}h${width}v${height}h${-width}Z`;
