import {html, nothing, type TemplateResult} from 'lit';
import type {MappedTensor} from '../../state/index.js';

const shape = (lengths: readonly number[]): string => `[${lengths.join(', ')}]`;

/** What becomes of a tensor of the file. */
function target({model, use, shape: [rows, columns]}: MappedTensor): TemplateResult | string {
  if (use === 'buffer') return 'not learned: the causal mask';
  if (use === 'tied') return 'the same numbers as wte.weight';
  if (use === 'zero') return 'zeros: the model has no such bias';
  if (!/attn\.c_attn\./.test(model)) return model;
  const width = (columns ?? rows!) / 3;
  const part = columns === undefined ? shape([width]) : shape([rows!, width]);
  return html`${model} → <span class="query">q ${part}</span>, <span class="key">k ${part}</span>,
    <span class="value">v ${part}</span>`;
}

/** Which tensor of the file becomes which of the model, as they are read. */
export function renderMapping(tensors: readonly MappedTensor[]): TemplateResult | typeof nothing {
  if (tensors.length === 0) return nothing;
  return html`<details open>
    <summary>${tensors.length} tensors: what the file calls them, and what they are</summary>
    <p class="note">
      A projection’s weight is stored [in, out] (Conv1D), as the model here multiplies: x · W. A Linear layer of PyTorch
      stores it [out, in].
    </p>
    <div class="sideways" tabindex="0" role="region" aria-label="Tensors">
      <table>
        <thead>
          <tr>
            <th scope="col">in the file</th>
            <th scope="col">shape</th>
            <th scope="col">in the model</th>
          </tr>
        </thead>
        <tbody>
          ${tensors.map(
            (tensor) => html`<tr>
              <th scope="row">${tensor.file}</th>
              <td>${shape(tensor.shape)} ${tensor.dtype}</td>
              <td>${target(tensor)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
