import {html, nothing, type TemplateResult} from 'lit';

/**
 * What a file holds as a strip, to the scale of the largest: weights, and AdamW's two moments where they are saved.
 * @param share of the largest file
 */
export const renderStrip = (share: number, withMoments: boolean): TemplateResult => html`<span
  class="strip"
  aria-hidden="true"
  .style="width: ${(100 * share).toFixed(1)}%"
  ><span class="weights">weights</span>${
    withMoments ? html`<span class="moment">moment 1</span><span class="moment">moment 2</span>` : nothing
  }</span
>`;
