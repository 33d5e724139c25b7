import {css, html, type TemplateResult} from 'lit';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import type {ColorScale} from '../../viz/color.js';
import {drawLegend, LEGEND_HEIGHT, LEGEND_WIDTH, type LegendOptions} from '../../viz/legend.js';
import {SvgSurface} from '../../viz/svg-surface.js';
import type {Theme} from '../../viz/theme.js';

/** Renders the legend of a color scale; its room stays while there is no scale. */
export function renderLegend(
  scale: ColorScale | undefined,
  theme: Theme,
  options?: LegendOptions,
): TemplateResult {
  return html`<div class="legend" aria-hidden="true">${scale && options && unsafeHTML(legendSvg(scale, theme, options))}</div>`;
}

function legendSvg(scale: ColorScale, theme: Theme, options: LegendOptions): string {
  const surface = new SvgSurface(LEGEND_WIDTH, LEGEND_HEIGHT);
  drawLegend(surface, scale, theme, {x: 6, ...options}); // room for the sign of the first number
  return surface.toString();
}

export const legendStyles = css`
  .legend {
    min-height: 46px;
    margin-top: 0.25em;
  }
  .legend svg {
    display: block;
    max-width: 100%;
    height: auto;
  }
`;
