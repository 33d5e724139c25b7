/** What a configuration costs, as tables. */
import {html, type TemplateResult} from 'lit';
import {count, number, percent} from '../../ui/base/format.js';
import type {Sizes} from './sizes.js';

const MIB = 2 ** 20;
/** 652,038,144 → “622 MiB (652 MB)”. */
export const memory = (bytes: number): string => {
  const [binary, decimal] = [bytes / MIB, bytes / 1e6];
  const round = (value: number): string =>
    value < 10 ? number(value, 2) : Math.round(value).toLocaleString('en');
  return `${round(binary)} MiB (${round(decimal)} MB)`;
};

const share = (part: number): string => (part < 0.001 ? '< 0.1 %' : percent(part));

export function renderParts({parts, parameters}: Sizes): TemplateResult {
  const shown = parts.filter((part) => part.parameters > 0);
  return html`<table>
    <caption>
      Parameters
    </caption>
    <tbody>
      ${shown.map(
        (part) => html`<tr>
          <th scope="row">${part.name}</th>
          <td class="number">${part.parameters.toLocaleString('en')}</td>
          <td class="number">${share(part.parameters / parameters)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param field Shown below the table. */
export function renderMemory({weights, training, cache}: Sizes, field: unknown): TemplateResult {
  const row = (name: string, bytes: number): TemplateResult => html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${memory(bytes)}</td>
  </tr>`;
  return html`<div>
    <table>
      <caption>
        Memory, 32 bits per number
      </caption>
      <tbody>
        ${row('weights', weights)} ${row('keys and values of a full context', cache.keysAndValues)}
        ${row('training: weights, gradient, AdamW, activations', training)}
      </tbody>
    </table>
    ${field}
  </div>`;
}

export function renderFlops({flops}: Sizes): TemplateResult {
  const {projections, attention, feedForward, head, forward, training} = flops;
  const row = (name: string, value: number): TemplateResult => html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${count(value)}</td>
    <td class="number">${share(value / forward)}</td>
  </tr>`;
  return html`<table>
    <caption>
      Operations for one token of a full context
    </caption>
    <tbody>
      ${row('q, k, v and projection', projections)} ${row('scores and mixing', attention)}
      ${row('feed-forward', feedForward)} ${row('logits', head)}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">forward pass</th>
        <td class="number">${count(forward)}</td>
        <td></td>
      </tr>
      <tr>
        <th scope="row">training: three times as many</th>
        <td class="number">${count(training)}</td>
        <td></td>
      </tr>
    </tfoot>
  </table>`;
}
