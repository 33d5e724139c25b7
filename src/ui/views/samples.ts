/** What several models write, side by side. */
import {css, html, type TemplateResult} from 'lit';

export interface Sample {
  /** Which model writes. */
  title: TemplateResult;
  /** Undefined until it has written. */
  text: string | undefined;
}

/** @param running Whether the models still train */
export const renderSamples = (samples: readonly Sample[], running: boolean): TemplateResult =>
  html`<div class="samples" part="samples">
    ${samples.map(
      ({title, text}) => html`<figure>
        <figcaption>${title}</figcaption>
        <p class="sample">${text ?? (running ? 'still training …' : '…')}</p>
      </figure>`,
    )}
  </div>`;

export const samplesStyles = css`
  .samples {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(15em, 1fr));
    gap: 1em 2em;
    margin-top: 0.5em;
  }
  .samples figure {
    margin: 0;
    font-size: 0.875em;
  }
  .sample {
    margin: 0.25em 0 0;
    min-height: 6em;
    font-family: var(--_mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
`;
