/** Parameters, bytes and operations of every part, as a table. */
import {html, nothing, type TemplateResult} from 'lit';
import {bytes, count} from '../../../ui/base/format.js';
import type {Config} from '../data/architecture-data.js';
import {type PartSize, partSizes} from '../data/sizes.js';
import {renderFamily} from './family-view.js';

const FLOAT_BYTES = 4;

export function renderSizes(config: Config, length: number): TemplateResult {
  const sizes = partSizes(config, length);
  const total = (of: (size: PartSize) => number): number => sizes.reduce((sum, size) => sum + of(size), 0);
  const most = Math.max(...sizes.map(({parameters}) => parameters));
  const all = {parameters: total(({parameters}) => parameters), flops: total(({flops}) => flops)};
  return html`<div class="detail sizes" part="sizes">
    <table>
      <caption>How large the parts are: parameters, bytes in 32 bits, and operations for the last of ${length} tokens</caption>
      <thead>
        <tr>
          <th scope="col">part</th>
          <th scope="col" colspan="2">parameters</th>
          <th scope="col">bytes</th>
          <th scope="col">FLOPs</th>
        </tr>
      </thead>
      <tbody>
        ${sizes.map(
          ({name, parameters, flops}) => html`<tr>
            <th scope="row">${name}</th>
            <td>${parameters > 0 ? html`<span class="bar" .style="--_share: ${parameters / most}"></span>` : nothing}</td>
            <td class="number">${count(parameters)}</td>
            <td class="number">${bytes(FLOAT_BYTES * parameters)}</td>
            <td class="number">${count(flops)}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">all</th>
          <td></td>
          <td class="number">${count(all.parameters)}</td>
          <td class="number">${bytes(FLOAT_BYTES * all.parameters)}</td>
          <td class="number">${count(all.flops)}</td>
        </tr>
      </tfoot>
    </table>
    ${renderFamily()}
  </div>`;
}
