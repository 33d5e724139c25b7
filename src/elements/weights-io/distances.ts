import {html, nothing, type TemplateResult} from 'lit';
import type {TensorDistance} from '../../state/index.js';
import {number, percent} from '../../ui/base/format.js';

/** How far a tensor has moved, as a share of its size; undefined where all of it was 0. */
const share = ({distance, scale}: TensorDistance): number | undefined =>
  scale > 0 ? distance / scale : undefined;

/** The farthest first; those without a share come last. */
const byDistance = (a: TensorDistance, b: TensorDistance): number =>
  (share(b) ?? -1) - (share(a) ?? -1) || b.distance - a.distance;

const inPercent = (tensor: TensorDistance): string => {
  const part = share(tensor);
  if (part === undefined) return '–';
  return part > 0 && part < 0.0005 ? '< 0.1 %' : percent(part);
};

/** Tensors that are shown at first. */
const FEW = 12;

/**
 * Which tensors moved, and how far, the farthest first.
 * @param showsAll Whether all are shown
 * @param showAll Called when the reader asks for all
 */
export function renderDistances(
  distances: readonly TensorDistance[],
  showsAll: boolean,
  showAll: () => void,
): TemplateResult {
  const sorted = distances.toSorted(byDistance);
  const most = share(sorted[0]!) || 1;
  const shown = showsAll ? sorted : sorted.slice(0, FEW);
  const hidden = sorted.length - shown.length;
  return html`<div class="sideways" tabindex="0" role="region" aria-label="Distances">
    <table class="distances">
      <caption>
        How far each tensor lies from the file’s, the farthest first: root mean square of the differences, as a share of
        the numbers’ own. Where those are all 0 there is no share.
      </caption>
      <thead>
        <tr>
          <th scope="col">tensor</th>
          <th scope="col" class="wide">shape</th>
          <th scope="col">share</th>
          <th scope="col" class="wide"></th>
          <th scope="col">rms</th>
          <th scope="col" class="wide">largest</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (tensor) => html`<tr>
            <th scope="row" class="mono">${tensor.name}</th>
            <td class="mono wide">[${tensor.shape.join(', ')}]</td>
            <td class="number">${inPercent(tensor)}</td>
            <td class="wide"><span class="bar" .style="width: ${(100 * (share(tensor) ?? 0)) / most}%"></span></td>
            <td class="number">${number(tensor.distance)}</td>
            <td class="number wide">${number(tensor.largest)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${hidden > 0 ? html`<button class="all" @click=${showAll}>Show all ${sorted.length} tensors</button>` : nothing}
  </div>`;
}

/** The same in a sentence. */
export function distanceSentence(distances: readonly TensorDistance[]): string {
  const changed = distances.filter(({distance}) => distance > 0);
  if (changed.length === 0)
    return `All ${distances.length} tensors are the same as in the file, bit for bit.`;
  const [farthest] = changed.toSorted(byDistance);
  const far =
    share(farthest!) === undefined
      ? `${number(farthest!.distance)} from 0 (root mean square)`
      : `${inPercent(farthest!)} of its own size away`;
  return `${changed.length} of ${distances.length} tensors differ from the file’s. The farthest is ${farthest!.name}, ${far}.`;
}
