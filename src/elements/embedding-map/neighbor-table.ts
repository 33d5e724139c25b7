import {html, nothing, type TemplateResult} from 'lit';
import {cosine, type Neighbor} from '../../math/neighbors.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {Snapshot} from './snapshots.js';

export interface NeighborOptions {
  tokens: readonly string[];
  width: number;
  chosen: number;
  neighbors: readonly Neighbor[];
  /** The first snapshot, to compare with; absent if it is the one shown. */
  first?: Snapshot;
  hover: (row: number | undefined) => void;
  choose: (row: number) => void;
}

/** Renders the nearest neighbors of the chosen token with their cosines. */
export function renderNeighbors({
  tokens,
  width,
  chosen,
  neighbors,
  first,
  hover,
  choose,
}: NeighborOptions): TemplateResult {
  const rowOf = (row: number): Float32Array => first!.values.subarray(row * width, (row + 1) * width);
  return html`<table>
    <caption>
      Nearest to <span class="token">${visibleToken(tokens[chosen]!)}</span> by cosine, over all ${width} numbers
    </caption>
    <thead>
      <tr>
        <th scope="col">token</th>
        <th scope="col">cosine</th>
        ${first ? html`<th scope="col">at step ${first.step}</th>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${neighbors.map(
        ({row, similarity}) => html`<tr
          @pointerenter=${() => hover(row)}
          @pointerleave=${() => hover(undefined)}
        >
          <th scope="row">
            <button class="link token" @click=${() => choose(row)}>${visibleToken(tokens[row]!)}</button>
          </th>
          <td>
            <span class="number">${decimals(similarity, 2)}</span>
            <span class="bar" .style="width: ${Math.max(0, similarity) * 4.5}em"></span>
          </td>
          ${
            first
              ? html`<td><span class="number muted">${decimals(cosine(rowOf(chosen), rowOf(row)), 2)}</span></td>`
              : nothing
          }
        </tr>`,
      )}
    </tbody>
  </table>`;
}
