/** The design tokens as plain colours, for canvases: a canvas knows neither `var()` nor `light-dark()`. */

export const COLOURS = [
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
] as const;
export type ColourName = (typeof COLOURS)[number];

export interface Theme extends Readonly<Record<ColourName, string>> {
  /** Font family for tokens and numbers. */
  readonly mono: string;
}

/** Reads the colours as they apply to `host` now: in its page, in light or dark. */
export function readTheme(host: HTMLElement): Theme {
  const probe = document.createElement('span');
  probe.hidden = true;
  (host.shadowRoot ?? host).append(probe);
  const style = getComputedStyle(probe);
  const colours = {} as Record<ColourName, string>;
  for (const name of COLOURS) {
    probe.style.color = `var(--_${name})`;
    colours[name] = style.color;
  }
  const mono = style.getPropertyValue('--_mono');
  probe.remove();
  return {...colours, mono};
}
