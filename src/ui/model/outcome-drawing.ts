/** A prediction as a drawing: the likeliest next tokens as bars, and the loss. */
import {ramp} from '../../viz/color.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {decimals, percent, visibleToken} from '../base/format.js';
import type {Outcome} from './outcome.js';

const [LINE, FONT] = [19, 12];
/** Pixels for a token before its bar, and for the number after it. */
const [NAME, NUMBER] = [78, 48];
/** Longer bars would not say more. */
const WIDEST = 300;

export const outcomeHeight = ({likeliest}: Outcome): number => LINE * (likeliest.length + 1);

/** @param at its corner, and the width that it may take */
export function drawOutcome(
  surface: Surface,
  {likeliest, loss}: Outcome,
  {x, y, width}: {x: number; y: number; width: number},
  theme: Theme,
): void {
  const room = Math.min(WIDEST, width) - NAME - NUMBER;
  const text = {fill: theme.text, size: FONT} as const;
  for (const [i, {token, probability}] of likeliest.entries()) {
    const middle = y + (i + 0.5) * LINE;
    const weight = i === 0 ? 700 : 400;
    surface.text(visibleToken(token), x, middle, {...text, font: theme.mono, weight});
    surface.rect(x + NAME, middle - 6, room, 12, {fill: ramp(theme.background, theme.attention)(0.12)});
    surface.rect(x + NAME, middle - 6, Math.max(1, room * probability), 12, {fill: theme.attention});
    surface.text(percent(probability), x + NAME + room + NUMBER, middle, {
      ...text,
      font: theme.mono,
      anchor: 'end',
      weight,
    });
  }
  if (loss === undefined) return;
  const below = y + (likeliest.length + 0.5) * LINE + 2;
  surface.text(`loss on this text: ${decimals(loss, 2)}`, x, below, {...text, font: theme.sans});
}
