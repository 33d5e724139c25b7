import {ramp} from './color.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

/** Counted things as bars, the longest first. */
export interface BarList {
  title: string;
  bars: readonly {label: string; value: number; printed: string}[];
  color: string;
}

const [TITLE, ROW, FONT, LABELS, NUMBERS] = [24, 20, 12, 96, 72];

export const barListHeight = ({bars}: BarList): number => TITLE + ROW * bars.length;

/** Label, bar and number, a line each; the longest bar fills what they leave of `width`. */
export function drawBarList(
  surface: Surface,
  list: BarList,
  theme: Theme,
  x: number,
  y: number,
  width: number,
): void {
  const {title, bars, color} = list;
  const most = Math.max(1, ...bars.map(({value}) => value));
  const fill = ramp(theme.background, color)(0.55);
  const style = {fill: theme.text, size: FONT, font: theme.mono} as const;
  surface.text(title, x, y + TITLE / 2 - 2, {fill: theme.muted, size: 13, font: theme.sans});
  bars.forEach(({label, value, printed}, i) => {
    const middle = y + TITLE + (i + 0.5) * ROW;
    surface.text(label, x, middle, style);
    surface.rect(x + LABELS, middle - 4, ((width - LABELS - NUMBERS) * value) / most, 8, {fill});
    surface.text(printed, x + width, middle, {...style, anchor: 'end'});
  });
}
