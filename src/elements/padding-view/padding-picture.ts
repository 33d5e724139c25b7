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

const [MARGIN, HEAD, ROW, VERDICT, FONT, CELL] = [12, 34, 50, 122, 13, 26];
/** A narrow picture has less room for what is read, beside the rows. */
const [WIDE, NARROW_VERDICT] = [640, 76];
const PLACES = [
  ['last-token', 'message’s'],
  ['last-position', 'row’s'],
] as const;
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
    height: 2 * MARGIN + HEAD + ROW * data.rows.length,
    title: `Messages as a batch, padded to ${length} tokens`,
    theme,
    draw(surface) {
      drawHeads(surface, theme);
      for (const r of data.rows.keys()) drawRow(surface, data, r, length, readAt, theme);
    },
  });
}

const verdictWidth = ({width}: Surface): number => (width < WIDE ? NARROW_VERDICT : VERDICT);

/** Where what is read at a place stands: that of a message's end before its row, that of the row's end behind it. */
const verdictLeft = (surface: Surface, place: ReadAt): number =>
  place === 'last-token' ? MARGIN : surface.width - MARGIN - verdictWidth(surface) + 8;

function drawHeads(surface: Surface, theme: Theme): void {
  const words = {size: FONT - 1, font: theme.sans, fill: theme.text};
  for (const [place, name] of PLACES) {
    const x = verdictLeft(surface, place);
    surface.text('Read at the', x, MARGIN + 6, words);
    surface.text(`${name} end`, x, MARGIN + 21, words);
  }
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
  const left = MARGIN + verdictWidth(surface);
  const room = surface.width - 2 * left;
  // On a narrow page only the last columns have room.
  const shown = Math.min(length, Math.max(1, Math.floor(room / CELL)));
  const cell = Math.min(56, room / shown);
  const readsAt = readAt === 'last-token' ? n - 1 : length - 1;
  const top = MARGIN + HEAD + r * ROW;
  const height = ROW - 14;
  for (let t = length - shown; t < length; t++) {
    const x = left + (t - length + shown) * cell;
    const probs = t >= n ? row.readings[t]!.probs : undefined;
    const fill = t < n ? theme['token-1'] : probs && shareScale(theme, 'linear').color(probs.at(-1)!);
    if (fill) surface.rect(x, top, cell - 2, height, {fill});
    if (t >= n)
      surface.hatch(`M${x} ${top}h${cell - 2}v${height}h${2 - cell}Z`, {stroke: theme.masked, spacing: 5});
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
  for (const [place] of PLACES) {
    const right = isRight(row, length, place);
    const words = `${verdictWords(readingOf(row, length, place), classes)} ${right ? '✓' : '✗'}`;
    surface.text(words, verdictLeft(surface, place), top + height / 2, {
      size: surface.width < WIDE ? FONT - 1 : FONT + 1,
      font: theme.sans,
      weight: right ? 400 : 700,
      fill: right ? theme.text : theme.error,
    });
  }
}
