/** GPTs drawn to one scale: a table of tokens and layers as they lie in memory, one number one unit of area. */
import {html, type TemplateResult} from 'lit';
import type {GPTConfig} from '../../state/index.js';
import {GPT2_SIZES} from './sizes.js';

/** A layer's matrices hold about 12 C² numbers: query, key, value and projection C² each, the MLP 8 C². */
export const MATRICES = 12;

/** Length and height in numbers: every layer is a slice C long and 12 C high, and the table of tokens as high. */
export function extentOf({vocabSize, contextLength, embDim, nLayers}: GPTConfig): {
  length: number;
  height: number;
  table: number;
} {
  const table = (vocabSize + contextLength) / MATRICES;
  return {length: table + nLayers * embDim, height: MATRICES * embDim, table};
}

/** The length that fills the figure: that of the largest GPT-2. */
export const LONGEST = extentOf(GPT2_SIZES.at(-1)!.config).length;

export function renderSize(config: GPTConfig): TemplateResult {
  const {length, height, table} = extentOf(config);
  return html`<span
    class="size-map"
    aria-hidden="true"
    .style="width: ${(100 * length) / LONGEST}%; aspect-ratio: ${length} / ${height}; --table: ${(100 * table) / length}%; --layers: ${config.nLayers}"
    ><span class="table"></span><span class="layers"></span
  ></span>`;
}
