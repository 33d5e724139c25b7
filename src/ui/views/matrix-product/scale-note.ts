import {css, html, nothing, type TemplateResult} from 'lit';
import {number} from '../../base/format.js';

/** Which color means what: signed numbers, each matrix with the end of its scale, and shares. */
export function renderScaleNote(
  extents: Readonly<Record<string, number>>,
  withShares: boolean,
): TemplateResult {
  const names = Object.keys(extents);
  return html`<p class="scale-note">
    ${
      names.length === 0
        ? nothing
        : html`<span class="swatch signed" aria-hidden="true"></span> below 0 … above 0, strongest at
            ${names.map((name) => `±${number(extents[name]!, 1)} (${name})`).join(', ')}`
    }
    ${withShares ? html`<span class="swatch shares" aria-hidden="true"></span> share, 0 … 1` : nothing}
  </p>`;
}

export const scaleNoteStyles = css`
  .scale-note {
    margin: 0.5em 0 0;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .swatch {
    display: inline-block;
    width: 5em;
    height: 0.75em;
    margin-inline-end: 0.25em;
    border: 1px solid var(--_hairline);
    vertical-align: -0.0625em;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .swatch.signed {
    background-image: linear-gradient(to right, var(--_negative), var(--_background), var(--_positive));
  }
  .swatch + .swatch {
    margin-inline-start: 1em;
  }
  .swatch.shares {
    background-image: linear-gradient(to right, var(--_background), var(--_attention));
  }
`;
