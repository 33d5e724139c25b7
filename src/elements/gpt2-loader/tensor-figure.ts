/** What a file of weights holds, tensor by tensor, and what each becomes: drawn to scale, with the names that the colors have. */
import {html, type TemplateResult} from 'lit';
import type {GPTConfig} from '../../state/index.js';
import {whole} from '../../ui/base/whole.js';
import type {Gpt2Size} from './sizes.js';

interface FileTensor {
  name: string;
  shape: readonly [rows: number, columns: number];
  /** Its color. */
  part: string;
  becomes: TemplateResult | string;
}

/** How many tensors such a model's file holds: two tables, twelve a layer, and the last norm's two. */
const tensorsOf = ({nLayers}: GPTConfig): number => 2 + 12 * nLayers + 2;

/** A taller matrix is cut off: the table of tokens is 65 times as high as wide. */
const HIGHEST = 4;

/** c_attn is cut into queries, keys and values, and each of them into heads. */
const splitOf = ({embDim: C, nHeads}: GPTConfig): TemplateResult => html`<span class="split"
    >${['query', 'key', 'value'].map((part) => html`<span class=${part}><span class="matrix heads" aria-hidden="true"></span></span>`)}</span
  ><b class="query">queries</b>, <b class="key">keys</b>, <b class="value">values</b>: cut into ${nHeads} heads of
  ${C / nHeads} columns`;

/** The tables, and the matrices of the first layer. */
function tensors(config: GPTConfig): FileTensor[] {
  const {vocabSize: V, contextLength: T, embDim: C} = config;
  const h = 'h.0.';
  return [
    {name: 'wte', shape: [V, C], part: 'residual', becomes: html`<b>table of tokens</b>: a row for each, read at the start and compared with at the end`},
    {name: 'wpe', shape: [T, C], part: 'residual', becomes: html`<b>positions</b>: a row for each`},
    {name: `${h}attn.c_attn`, shape: [C, 3 * C], part: 'qkv', becomes: splitOf(config)},
    {name: `${h}attn.c_proj`, shape: [C, C], part: 'projection', becomes: html`<b>projection</b>: puts the heads together`},
    {name: `${h}mlp.c_fc`, shape: [C, 4 * C], part: 'mlp', becomes: html`<b>MLP</b>: out to four times the width`},
    {name: `${h}mlp.c_proj`, shape: [4 * C, C], part: 'mlp', becomes: html`<b>MLP</b>: and back`},
  ]; // biome-ignore format: one a line
}

/** What the colors mean, in the sizes and in the tensors. */
export const PARTS = [
  ['residual', 'tables'],
  ['query', 'queries'],
  ['key', 'keys'],
  ['value', 'values'],
  ['projection', 'projection'],
  ['mlp', 'MLP: a small network'],
] as const;

export const renderLegend = (): TemplateResult => html`<p class="legend">
  ${PARTS.map(([part, name]) => html`<span><span class="matrix ${part}" aria-hidden="true"></span>${name}</span> `)}
</p>`;

export function renderTensors({name: model, config}: Pick<Gpt2Size, 'name' | 'config'>): TemplateResult {
  const {embDim: C, nHeads, nLayers} = config;
  return html`<figure class="tensors" part="tensors" .style="--heads: ${nHeads}">
    <figcaption class="heads-of"><span>In ${model}’s file</span><span>In the model</span></figcaption>
    ${tensors(config).map(
      ({name, shape: [rows, columns], part, becomes}) => html`<div class="tensor">
        <span
          class="matrix ${part} ${rows > HIGHEST * C ? 'cut' : ''}"
          aria-hidden="true"
          .style="--rows: ${Math.min(HIGHEST, rows / C)}; --columns: ${columns / C}"
        ></span>
        <span class="mono">${name}<br />[${whole(rows)}, ${whole(columns)}]</span>
        <span class="arrow" aria-hidden="true">→</span>
        <span class="becomes">${becomes}</span>
      </div>`,
    )}
    <p class="note">h.0 is the first of ${nLayers} layers. With norms and biases, the file has ${tensorsOf(config)} tensors.</p>
  </figure>`;
}
