/** The colors of recorded pictures: the elements' own, in light and dark, or those that a page sets. */
import {tokens} from '../../src/styles/tokens.js';
import {ThemeController} from '../../src/ui/base/theme-controller.js';
import {surroundings} from '../../src/ui/export/surroundings.js';
import {COLORS, type ColorName, type Theme} from '../../src/viz/theme.js';

export type Scheme = 'light' | 'dark';

/** Colors that a page sets in place of the elements' own, each as [light, dark]. */
export type PageColors = Partial<Record<ColorName, readonly [string, string]>>;

const PAIR = /--_([\w-]+): var\(--gpt-[\w-]+, light-dark\((#\w+), (#\w+)\)\)/g;
const own = new Map(
  [...tokens.cssText.matchAll(PAIR)].map(([, name, light, dark]) => [name, [light!, dark!] as const]),
);
/** Colors that are another one's unless a page sets them: the losses are in the color of text. */
const SAME = /--_([\w-]+): var\(--gpt-[\w-]+, var\(--_([\w-]+)\)\)/g;
const sameAs = new Map(
  [...tokens.cssText.matchAll(SAME)].map(([, name, other]) => [name, other as ColorName]),
);

/** Returns the colors as an element would read them from its page. */
export function themeOf(scheme: Scheme, page: PageColors = {}): Theme {
  const colors = COLORS.map((name) => {
    const other = sameAs.get(name) ?? name;
    const pair = page[name] ?? page[other] ?? own.get(other);
    if (!pair) throw new Error(`styles/tokens.ts has no color “${name}” of the form light-dark(#…, #…).`);
    return [name, pair[scheme === 'light' ? 0 : 1]];
  });
  return {
    ...(Object.fromEntries(colors) as Record<ColorName, string>),
    mono: 'ui-monospace, monospace',
    sans: 'var(--sans, system-ui, sans-serif)',
  };
}

let current = themeOf('light');

/** Makes all elements draw in these colors from their next update on. */
export function setTheme(theme: Theme): void {
  current = theme;
}

Object.defineProperty(ThemeController.prototype, 'theme', {get: () => current});
surroundings.theme = () => current;
ThemeController.prototype.hostUpdated = () => {};

/** Reads the colors that a style sheet sets for elements: `--gpt-text: var(--ink)`, `--ink: light-dark(#…, #…)`. */
export function pageColors(css: string): PageColors {
  const values = new Map(
    [...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]),
  );
  const pairOf = (value: string | undefined): readonly [string, string] | undefined => {
    const name = /^var\(--([\w-]+)\)$/.exec(value ?? '')?.[1];
    if (name) return pairOf(values.get(name));
    const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(value ?? '');
    return pair ? [pair[1]!, pair[2]!] : undefined;
  };
  return Object.fromEntries(
    COLORS.flatMap((name) => {
      const pair = pairOf(values.get(`gpt-${name}`));
      return pair ? [[name, pair]] : [];
    }),
  );
}
