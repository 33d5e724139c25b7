import {html, nothing, type TemplateResult} from 'lit';
import type {GPTConfig} from '../../state/index.js';
import {columnsOf, type MapTensor, partOf} from './tensor-map.js';

/**
 * What a file holds as a strip, to the scale of the largest: the tensors one after another, in the colors that they have in the model, and
 * as often again for each of AdamW's two moments.
 * @param share of the largest file
 * @param pointed The tensor that is highlighted
 */
export function renderStrip(
  config: GPTConfig,
  share: number,
  withMoments: boolean,
  pointed: MapTensor | undefined,
): TemplateResult {
  const tensors = columnsOf(config).flatMap((column) => column.tensors);
  const copy = (name: string): TemplateResult => html`<span class="copy"
    ><span class="bands"
      >${tensors.map(
        (tensor) => html`<span
          class="${partOf(tensor.name)[1]} ${tensor.name === pointed?.name ? 'highlighted' : ''}"
          .style="flex-grow: ${tensor.numbers}"
        ></span>`,
      )}</span
    >${name}</span
  >`;
  return html`<span class="strip" aria-hidden="true" .style="width: ${(100 * share).toFixed(1)}%"
    >${copy('weights')}${withMoments ? html`${copy('moment 1')}${copy('moment 2')}` : nothing}</span
  >`;
}
