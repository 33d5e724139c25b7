import {html, type TemplateResult} from 'lit';
import type {TensorDistance} from '../../state/index.js';
import {number, percent} from '../../ui/base/format.js';

/** How far a tensor has moved, as a share of its size; absolute where it was 0. */
export const moved = ({distance, scale}: TensorDistance): number => (scale > 0 ? distance / scale : distance);

/** Which tensors moved, and how far, the farthest first. */
export function renderDistances(distances: readonly TensorDistance[]): TemplateResult {
  const sorted = distances.toSorted((a, b) => moved(b) - moved(a));
  const most = moved(sorted[0]!) || 1;
  return html`<div class="sideways" tabindex="0" role="region" aria-label="Distances">
    <table class="distances">
      <caption>
        How far each tensor lies from the file’s: root mean square of the differences, as a share of the numbers’ own
      </caption>
      <thead>
        <tr>
          <th scope="col">tensor</th>
          <th scope="col">shape</th>
          <th scope="col" colspan="2">distance</th>
          <th scope="col">largest difference</th>
        </tr>
      </thead>
      <tbody>
        ${sorted.map(
          (tensor) => html`<tr>
            <th scope="row" class="mono">${tensor.name}</th>
            <td class="mono">[${tensor.shape.join(', ')}]</td>
            <td class="number">${tensor.scale > 0 ? percent(moved(tensor)) : number(tensor.distance)}</td>
            <td><span class="bar" .style="width: ${(100 * moved(tensor)) / most}%"></span></td>
            <td class="number">${number(tensor.largest)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The same in a sentence. */
export function distanceSentence(distances: readonly TensorDistance[]): string {
  const changed = distances.filter(({distance}) => distance > 0);
  if (changed.length === 0)
    return `All ${distances.length} tensors are the same as in the file, bit for bit.`;
  const [farthest] = changed.toSorted((a, b) => moved(b) - moved(a));
  return `${changed.length} of ${distances.length} tensors differ from the file’s. The farthest is ${farthest!.name}, ${percent(moved(farthest!))} of its own size away.`;
}
