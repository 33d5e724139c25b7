/** The chosen token’s candidates for what comes next, as bars: purple now, an outline for before something was switched off. */
import {visibleToken} from '../../../ui/base/format.js';
import {ramp} from '../../../viz/color.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {Guess} from '../data/architecture-data.js';
import {share} from '../data/share.js';
import type {Box} from '../layout/map-layout.js';

const SIZE = 13;
/** The likeliest one’s. */
const LARGE = 15;
/** Share of a fixed-width character’s size that is its width. */
const CHARACTER = 0.6;
/** Between a label, its bar and its share. */
const GAP = 8;
/** Right of the longest bar: “99 %”. Only short bars have longer shares. */
const NUMBER = 42;

/** Draws a row for each guess. */
export function drawCandidates(
  surface: Surface,
  guesses: readonly Guess[],
  rows: readonly Box[],
  theme: Theme,
): void {
  const shown = guesses
    .slice(0, rows.length)
    .map((guess) => ({...guess, name: shortened(visibleToken(guess.token))}));
  const paler = ramp(theme.background, theme.attention)(0.6);
  const sizeOf = (i: number): number => (i === 0 ? LARGE : SIZE);
  const label = GAP + Math.max(...shown.map(({name}, i) => name.length * CHARACTER * sizeOf(i)));
  shown.forEach(({name, probability, before}, i) => {
    const {x, y, width, height} = rows[i]!;
    const middle = y + height / 2;
    const room = width - label - NUMBER;
    const strong = i === 0;
    const thick = Math.min(strong ? 26 : 18, height * (strong ? 0.62 : 0.45));
    const start = x + label;
    surface.text(name, start - GAP, middle, {
      fill: theme.text,
      size: sizeOf(i),
      font: theme.mono,
      weight: strong ? 600 : 400,
      anchor: 'end',
    });
    const bar = Math.max(1, room * probability);
    surface.rect(start, middle - thick / 2, bar, thick, {fill: strong ? theme.attention : paler});
    const ghost = before === undefined ? 0 : Math.max(1, room * before);
    if (ghost)
      surface.rect(start + 0.5, middle - thick / 2 - 2.5, ghost, thick + 5, {
        stroke: theme.muted,
        dash: [3, 2],
      });
    surface.text(share(probability), start + Math.max(bar, ghost) + GAP - 2, middle, {
      fill: strong ? theme.text : theme.muted,
      size: sizeOf(i) - 1,
      font: theme.mono,
      weight: strong ? 600 : 400,
    });
  });
}

/** Returns a token with at most so many characters. */
export const shortenedTo = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** Returns a token as its label has room for it. */
export const shortened = (text: string): string => shortenedTo(text, 7);
