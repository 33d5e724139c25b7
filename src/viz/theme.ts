/** The design tokens as plain colors, for canvases: a canvas knows neither `var()` nor `light-dark()`. */

export const COLORS = [
  'query',
  'key',
  'value',
  'attention',
  'residual',
  'mlp',
  'norm',
  'positive',
  'negative',
  'train',
  'validation',
  'floor',
  'masked',
  'text',
  'muted',
  'background',
  'hairline',
  'hover',
  'focus',
  'error',
  'token-1',
  'token-2',
  'token-3',
  'token-4',
  'token-5',
  'token-6',
  'token-7',
  'token-8',
] as const;
export type ColorName = (typeof COLORS)[number];

export interface Theme extends Readonly<Record<ColorName, string>> {
  /** Font family for tokens and numbers. */
  readonly mono: string;
  /** Font family for words: the page's. */
  readonly sans: string;
}

/** What words, lines and empty space look like where the reader's system sets the colors. Data keeps its own. */
const FORCED: Partial<Record<ColorName, string>> = {
  text: 'CanvasText',
  muted: 'CanvasText',
  hairline: 'CanvasText',
  background: 'Canvas',
  hover: 'Canvas',
  masked: 'GrayText',
  focus: 'Highlight',
};

/** Reads the colors as they apply to `host` now, in its page, in light or dark: each as `rgb(r, g, b)`. */
export function readTheme(host: HTMLElement): Theme {
  const probe = document.createElement('span');
  probe.hidden = true;
  // Else every color read where colors are forced would be that of text: letters on a ground of the same color.
  probe.style.setProperty('forced-color-adjust', 'none');
  const forced = matchMedia('(forced-colors: active)').matches ? FORCED : {};
  // A span a color, all there before the first is read: the page's styles are computed once and not twenty times.
  const spans = COLORS.map((name) => {
    const span = document.createElement('span');
    span.style.color = forced[name] ?? `var(--_${name})`;
    return span;
  });
  probe.append(...spans);
  (host.shadowRoot ?? host).append(probe);
  const colors = {} as Record<ColorName, string>;
  for (const [i, name] of COLORS.entries()) colors[name] = toRgb(getComputedStyle(spans[i]!).color);
  const style = getComputedStyle(probe);
  const [mono, sans] = [style.getPropertyValue('--_mono'), style.fontFamily];
  probe.remove();
  return {...colors, mono, sans};
}

let pixel: CanvasRenderingContext2D | null | undefined;

/** A page may set tokens in any color space; a pixel says what they are on screen. */
function toRgb(color: string): string {
  if (/^rgb\(/.test(color)) return color;
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', {
    willReadFrequently: true,
  }) as unknown as CanvasRenderingContext2D;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  return `rgb(${[...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)].join(', ')})`;
}
