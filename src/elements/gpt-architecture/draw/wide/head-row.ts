/** How one head’s attention of one token is spread over the tokens: shades in a row, and bars for the chosen token. */
import {percent, visibleToken} from '../../../../ui/base/format.js';
import {ramp, shareScale, textOn} from '../../../../viz/color.js';
import type {Surface} from '../../../../viz/surface.js';
import type {Theme} from '../../../../viz/theme.js';
import {headRow} from '../../data/architecture-data.js';
import {type Lane, overlap, type Span} from '../../layout/map-layout.js';
import {captionOf} from '../../layout/wide.js';
import {ITSELF, mainSources, mostRead} from '../attention-links.js';
import {cached} from '../cached.js';
import {shortenedTo} from '../candidates.js';
import type {MapView} from '../map-view.js';
import {drawOff, drawReplaced} from '../off.js';

/** From this width on, a cell has room for its percentage. */
const ROOM_FOR_PERCENT = 15;
/** Weights below this one are not seen. */
const LEAST = 0.004;
export const CAPTION_SIZE = 11.5;
/** Width of a character of a caption, and of the least that a caption needs. */
const CAPTION_CHARACTER = 6.9;
export const ROOM_FOR_WORD = 27;
/** Captions that have room for a word only show no share, so that all of a row are alike. */
const ROOM_FOR_SHARE = 80;

export function drawHeadRow(
  surface: Surface,
  view: MapView,
  lane: Lane,
  span: Span,
  layer: number,
  head: number,
): void {
  const {data, theme, chosen, zoom = 1, seen} = view;
  const {token, parts} = lane;
  const {y, height} = parts;
  if (seen && !overlap({...span, ...parts}, seen)) return;
  const T = data.tokens.length;
  const cell = span.width / T;
  const width = (token + 1) * cell;
  if (data.off.includes(`h.${layer}.attn.${head}`)) {
    drawOff(surface, {x: span.x, y, width, height}, theme);
    return;
  }
  const isChosen = token === chosen;
  if (data.patched?.includes(`h.${layer}.attn.${head}`)) {
    drawReplaced(surface, {x: span.x, y, width, height}, theme);
    if (isChosen) drawReplacedCaption(surface, theme, span, captionOf(lane));
    return;
  }
  const row = headRow(data, layer, head, token);
  surface.rect(span.x, y, width, height, {fill: theme.background});
  if (isChosen) drawBars(surface, view, row, {...span, y, height});
  else {
    const shares = shareScale(theme);
    const colors = cached(data, theme, `row ${layer} ${head} ${token}`, () =>
      Array.from(row, (weight, t) => (t <= token && weight > LEAST ? shares.color(weight) : undefined)),
    );
    surface.grid(span.x, y, cell, T, colors, height);
    if (cell * zoom >= ROOM_FOR_PERCENT)
      for (let t = 0; t <= token; t++)
        surface.text(rounded(row[t]!), span.x + (t + 0.5) * cell, y + height / 2, {
          fill: textOn(shares.color(row[t]!), theme),
          size: Math.min(12, cell * 0.5),
          font: theme.mono,
          anchor: 'middle',
        });
  }
  surface.rect(span.x, y, width, height, {stroke: isChosen ? theme.muted : theme.hairline});
  if (!isChosen) return;
  if (cell * zoom >= ROOM_FOR_PERCENT) drawKeys(surface, view, span, cell, captionOf(lane));
  else drawCaption(surface, view, row, span, captionOf(lane));
}

/** Below a patched head: whose numbers go on. */
function drawReplacedCaption(surface: Surface, {error, sans}: Theme, {x, width}: Span, y: number): void {
  const text = width < ROOM_FOR_SHARE ? 'replaced' : 'other text’s';
  surface.text(text, x + width / 2, y, {fill: error, size: CAPTION_SIZE, font: sans, anchor: 'middle'});
}

/** A bar for each token, as high as its share. */
function drawBars(
  surface: Surface,
  {data, theme, chosen, zoom = 1}: MapView,
  row: ArrayLike<number>,
  {x, y, width, height}: Span & {y: number; height: number},
): void {
  const cell = width / data.tokens.length;
  const fill = ramp(theme.background, theme.attention)(0.72);
  for (let t = 0; t <= chosen; t++) {
    const weight = row[t]!;
    const bar = weight * height;
    if (weight > LEAST) surface.rect(x + t * cell, y + height - bar, cell, bar, {fill});
    if (cell * zoom < ROOM_FOR_PERCENT) continue;
    const size = Math.min(12, cell * 0.5);
    const fits = height - bar > size + 2;
    surface.text(rounded(weight), x + (t + 0.5) * cell, y + height - bar + (fits ? -0.6 : 0.6) * size, {
      fill: fits ? theme.text : textOn(fill, theme),
      size,
      font: theme.mono,
      anchor: 'middle',
    });
  }
}

const rounded = (weight: number): string => `${Math.round(100 * weight)}`;

/** Which token a head reads most, below its bars. */
function drawCaption(
  surface: Surface,
  {data, theme, chosen}: MapView,
  row: ArrayLike<number>,
  {x, width}: Span,
  y: number,
): void {
  const [source] = mainSources(row);
  if (!source || width < ROOM_FOR_WORD) return;
  const name = mostRead(data, row, chosen);
  const most = Math.floor((width + 1) / CAPTION_CHARACTER);
  const word = name.length <= most ? name : name === ITSELF ? 'self' : shortenedTo(name, most);
  surface.text(width < ROOM_FOR_SHARE ? word : `${name} ${percent(source.weight)}`, x + width / 2, y, {
    fill: theme.attention,
    size: CAPTION_SIZE,
    font: theme.mono,
    anchor: 'middle',
  });
}

/** The tokens that are read, below the columns of an open head: without the space before a word, which would take a third of the room. */
function drawKeys(
  surface: Surface,
  {data, theme, chosen, zoom = 1}: MapView,
  {x}: Span,
  cell: number,
  y: number,
): void {
  for (let t = 0; t <= chosen; t++)
    surface.text(
      (data.tokens[t]!.trim() || visibleToken(data.tokens[t]!)).slice(0, Math.floor((cell * zoom - 3) / 6)),
      x + (t + 0.5) * cell,
      y,
      {fill: theme.key, size: 10 / zoom, font: theme.mono, anchor: 'middle'},
    );
}
