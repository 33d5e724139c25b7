/** One tensor of the file, and what it becomes: the matrix that makes queries, keys and values, cut into heads. */
import {html, type TemplateResult} from 'lit';
import type {GPTConfig} from '../../state/index.js';

const PARTS = [
  ['query', 'q'],
  ['key', 'k'],
  ['value', 'v'],
] as const;

/** How many tensors such a model's file holds: two tables, twelve a layer, and the last norm's two. */
const tensorsOf = ({nLayers}: GPTConfig): number => 2 + 12 * nLayers + 2;

export function renderTensor(config: GPTConfig): TemplateResult {
  const {embDim: C, nHeads} = config;
  return html`<figure class="tensor" .style="--heads: ${nHeads}">
    <figcaption>
      One of its ${tensorsOf(config)} tensors, and what it becomes: each head gets ${C / nHeads} columns of each part.
    </figcaption>
    <p class="mono">h.0.attn.c_attn.weight<br />[${C}, ${3 * C}] in the file</p>
    <span class="whole" aria-hidden="true"></span>
    <span class="arrow" aria-hidden="true">↓</span>
    <div class="parts">
      ${PARTS.map(
        ([role, name]) => html`<div class=${role}>
          <span class="matrix" aria-hidden="true"></span><b>${name}</b>
          <span class="mono">[${C}, ${C}]</span><br />${nHeads} heads
        </div>`,
      )}
    </div>
  </figure>`;
}
