import type {ColorScale} from './color.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

export interface LegendOptions {
  x?: number;
  y?: number;
  /** What the numbers are. */
  label: string;
  /** Says what hatching means; undefined if nothing is hatched. */
  masked?: string;
}

const BAR = 160;
const SLICES = 80;
const FONT = 12;

/** A wide legend needs this many pixels. */
export const LEGEND_WIDTH = 320;
export const LEGEND_HEIGHT = 46;

const format = (value: number): string => `${Number(value.toPrecision(2))}`.replace('-', '−');

/** Draws a bar of the scale's colors with its numbers, and a swatch of what is masked. */
export function drawLegend(surface: Surface, scale: ColorScale, theme: Theme, options: LegendOptions): void {
  const {x = 0, y = 0, label, masked} = options;
  const [left, top] = [x + 8, y + 16];
  const words = {fill: theme.muted, size: FONT, font: theme.sans} as const;
  surface.text(label, left, y + 6, words);
  for (let i = 0; i < SLICES; i++)
    surface.rect(left + (i * BAR) / SLICES, top, BAR / SLICES + (i < SLICES - 1 ? 0.5 : 0), 10, {
      fill: scale.color(scale.value((i + 0.5) / SLICES)),
    });
  surface.rect(left + 0.5, top + 0.5, BAR - 1, 9, {stroke: theme.hairline});
  for (const tick of scale.ticks) {
    const at = left + scale.position(tick) * BAR;
    surface.line(at, top + 10, at, top + 13, {stroke: theme.muted});
    surface.text(format(tick), at, top + 21, {
      fill: theme.muted,
      size: FONT,
      font: theme.mono,
      anchor: 'middle',
    });
  }
  if (!masked) return;
  const swatch = left + BAR + 20;
  surface.hatch(`M${swatch} ${top}h14v10h-14Z`, {stroke: theme.masked, spacing: 4});
  surface.rect(swatch + 0.5, top + 0.5, 13, 9, {stroke: theme.hairline});
  surface.text(masked, swatch + 20, top + 5, words);
}
