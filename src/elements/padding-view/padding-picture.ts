/** The padded batch as a picture. */
import type {ReadAt} from '../../state/index.js';
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {shareScale, textOn} from '../../viz/color.js';
import {picture} from '../../viz/picture.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {PaddedData} from './padded-rows.js';
import {isRight, readingOf, verdictWords} from './padding-words.js';

const [MARGIN, ROW, VERDICT, FONT, CELL] = [12, 46, 172, 12, 26];
/** A narrow picture has no room to name the two places. */
const [WIDE, NARROW_VERDICT] = [640, 84];
const PLACES: readonly ReadAt[] = ['last-token', 'last-position'];
/** Where cells are too narrow for words, from so many pixels on a token is cut to its first characters. */
const CHARACTER = 7.3;

export function paddingPicture(
  data: PaddedData,
  length: number,
  readAt: ReadAt,
  theme: Theme,
  width: number,
): Picture {
  return picture({
    width: width || 720,
    height: 2 * MARGIN + ROW * data.rows.length,
    title: `Messages as a batch, padded to ${length} tokens`,
    theme,
    draw(surface) {
      for (const r of data.rows.keys()) drawRow(surface, data, r, length, readAt, theme);
    },
  });
}

function drawRow(
  surface: Surface,
  {rows, classes}: PaddedData,
  r: number,
  length: number,
  readAt: ReadAt,
  theme: Theme,
): void {
  const row = rows[r]!;
  const n = Math.min(row.tokens.length, length);
  const left = MARGIN + (surface.width < WIDE ? NARROW_VERDICT : VERDICT);
  const room = surface.width - MARGIN - left;
  // On a narrow page only the last columns have room.
  const shown = Math.min(length, Math.max(1, Math.floor(room / CELL)));
  const cell = Math.min(56, room / shown);
  const readsAt = readAt === 'last-token' ? n - 1 : length - 1;
  const top = MARGIN + r * ROW;
  const height = ROW - 12;
  for (let t = length - shown; t < length; t++) {
    const x = left + (t - length + shown) * cell;
    const probs = t >= n ? row.readings[t]!.probs : undefined;
    const fill = t < n ? theme['token-1'] : probs && shareScale(theme, 'linear').color(probs.at(-1)!);
    if (fill) surface.rect(x, top, cell - 2, height, {fill});
    else surface.hatch(`M${x} ${top}h${cell - 2}v${height}h${2 - cell}Z`, {stroke: theme.masked, spacing: 5});
    if (t < n)
      surface.text(
        visibleToken(row.tokens[t]!).slice(0, Math.floor((cell - 4) / CHARACTER)),
        x + cell / 2 - 1,
        top + height / 2,
        {
          size: FONT,
          font: theme.mono,
          anchor: 'middle',
          fill: textOn(fill!, theme),
        },
      );
    if (t <= readsAt) surface.rect(x, top + height, cell - 2, 3, {fill: theme.key});
    if (t === n - 1 || t === length - 1)
      surface.rect(x + 1, top + 1, cell - 4, height - 2, {
        stroke: theme.text,
        lineWidth: 2.5,
        dash: t === n - 1 ? undefined : [4, 3],
      });
  }
  for (const [line, place] of PLACES.entries()) {
    const name = surface.width < WIDE ? '' : `${place.replace('-', ' ')}: `;
    const mark = isRight(row, length, place) ? '✓' : '✗';
    const words = `${name}${verdictWords(readingOf(row, length, place), classes)} ${mark}`;
    surface.text(words, MARGIN, top + (line + 0.5) * (height / 2) + 1, {
      size: FONT,
      font: theme.sans,
      weight: place === readAt ? 600 : 400,
      fill: place === readAt ? theme.text : theme.muted,
    });
  }
}
