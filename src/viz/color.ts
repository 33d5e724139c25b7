/**
 * Colors that stand for numbers. Scales are mixed in OKLab (Björn Ottosson, 2020), where equal steps look equal;
 * they start (or, for signed values, have their middle) at the background, so that zero looks like nothing.
 */
import type {Theme} from './theme.js';

/** Red, green, blue, each 0 … 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb`, `#rgb` and `rgb(…)`: the forms that a {@link Theme} holds. */
export function parseColor(css: string): Rgb {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(css.trim())?.[1];
  if (hex) {
    const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)!;
    return digits.map((pair) => Number.parseInt(pair, 16)) as unknown as Rgb;
  }
  const parts = /^rgba?\(([^)]*)\)/.exec(css.trim())?.[1]?.match(/[\d.]+/g);
  if (!parts || parts.length < 3)
    throw new Error(`“${css}” is not a color of the form #rrggbb or rgb(r, g, b).`);
  return parts.slice(0, 3).map(Number) as unknown as Rgb;
}

const toLinear = (channel: number): number => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const fromLinear = (c: number): number =>
  255 * Math.min(1, Math.max(0, c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));

function toOklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map(toLinear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const css = (rgb: Rgb): string => `rgb(${rgb.map((channel) => Math.round(channel)).join(', ')})`;

/** How many shades a ramp has: more than a screen's 8 bits per channel can tell apart. */
const SHADES = 1024;

const ramps = new Map<string, (share: number) => string>();

/** Colors from `from` (at 0) to `to` (at 1), even to the eye. Outside 0 … 1 the ends stay. */
export function ramp(from: string, to: string): (share: number) => string {
  const key = `${from} ${to}`;
  let known = ramps.get(key);
  if (!known) ramps.set(key, (known = newRamp(from, to))); // a theme has a few; a drawing asks for them in every frame
  return known;
}

function newRamp(from: string, to: string): (share: number) => string {
  const [start, end] = [toOklab(parseColor(from)), toOklab(parseColor(to))];
  const shades: string[] = [];
  return (share) => {
    const index = Math.round(Math.min(1, Math.max(0, share)) * SHADES);
    return (shades[index] ??= css(
      fromOklab(start.map((value, i) => value + ((end[i]! - value) * index) / SHADES) as unknown as Rgb),
    ));
  };
}

/** Which color a number has, and where it lies on the legend's bar (0 … 1). */
export interface ColorScale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  color(value: number): string;
  position(value: number): number;
  /** The number at a place on the bar. */
  value(position: number): number;
}

/**
 * Shares from 0 (the background) to 1 (`--gpt-attention`). `sqrt` lets the color grow with the square root, so that
 * the small shares of a long row are still seen; `linear` is proportional.
 */
export function shareScale(theme: Theme, kind: 'sqrt' | 'linear' = 'sqrt'): ColorScale {
  const shade = ramp(theme.background, theme.attention);
  const position =
    kind === 'sqrt' ? (value: number) => Math.sqrt(Math.max(0, value)) : (value: number) => value;
  return {
    domain: [0, 1],
    ticks: kind === 'sqrt' ? [0, 0.05, 0.25, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1],
    color: (value) => shade(position(value)),
    position,
    value: (place) => (kind === 'sqrt' ? place ** 2 : place),
  };
}

/** Signed numbers from `-extent` (`--gpt-negative`) over 0 (the background) to `extent` (`--gpt-positive`). */
export function signedScale(theme: Theme, extent: number): ColorScale {
  const [below, above] = [ramp(theme.background, theme.negative), ramp(theme.background, theme.positive)];
  const reach = extent > 0 ? extent : 1;
  return {
    domain: [-reach, reach],
    ticks: [-reach, -reach / 2, 0, reach / 2, reach],
    color: (value) => (value < 0 ? below(-value / reach) : above(value / reach)),
    position: (value) => (value + reach) / (2 * reach),
    value: (place) => (2 * place - 1) * reach,
  };
}

/** Relative luminance, WCAG 2. */
export function luminance(color: string): number {
  const [r, g, b] = parseColor(color).map(toLinear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colors, WCAG 2: 1 … 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The theme's text or background color, whichever is legible (4.5:1) on `color`; else black or white. */
export function textOn(color: string, theme: Theme): string {
  const candidates = [theme.text, theme.background, '#000000', '#ffffff'];
  return candidates.find((candidate) => contrast(candidate, color) >= 4.5)!;
}
