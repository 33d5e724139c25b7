/** The chosen token’s candidates for what comes next, as bars: purple now, an outline for before something was switched off. */
import {visibleToken} from '../../../ui/base/format.js';
import {ramp} from '../../../viz/color.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {Guess} from '../data/architecture-data.js';
import {share} from '../data/share.js';
import type {Box} from '../layout/map-layout.js';

const LABEL = 66;
const NUMBER = 58;

/** Draws a row for each guess. */
export function drawCandidates(
  surface: Surface,
  guesses: readonly Guess[],
  rows: readonly Box[],
  theme: Theme,
): void {
  const fill = ramp(theme.background, theme.attention)(0.72);
  guesses.slice(0, rows.length).forEach(({token, probability, before}, i) => {
    const {x, y, width, height} = rows[i]!;
    const middle = y + height / 2;
    const room = width - LABEL - NUMBER;
    const thick = Math.min(18, height * 0.5);
    const strong = i === 0;
    surface.text(shortened(visibleToken(token)), x + LABEL - 8, middle, {
      fill: theme.text,
      size: 13,
      font: theme.mono,
      weight: strong ? 600 : 400,
      anchor: 'end',
    });
    surface.rect(x + LABEL, middle - thick / 2, Math.max(1, room * probability), thick, {fill});
    if (before !== undefined)
      surface.rect(x + LABEL + 0.5, middle - thick / 2 - 2.5, Math.max(1, room * before), thick + 5, {
        stroke: theme.muted,
        dash: [3, 2],
      });
    surface.text(share(probability), x + width, middle, {
      fill: strong ? theme.text : theme.muted,
      size: 12,
      font: theme.mono,
      weight: strong ? 600 : 400,
      anchor: 'end',
    });
  });
}

/** Returns a token with at most so many characters. */
export const fitting = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** Returns a token as its label has room for it. */
export const shortened = (text: string): string => fitting(text, 7);
