/** What the map shows, in words. */
import {html, nothing, type TemplateResult} from 'lit';
import {nearest} from '../../math/neighbors.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {MapView} from './map-points.js';
import type {Snapshots} from './snapshots.js';

/**
 * Returns the mean cosine of the nearest neighbor among `count` random directions in `width` dimensions. Their cosines have
 * standard deviation 1 / √width around 0, and the largest of N normal numbers is expected at
 * √(2 ln N) − (ln ln N + ln 4π − 2γ) / (2 √(2 ln N)) standard deviations (Gumbel 1958).
 */
export function nearestByChance(count: number, width: number): number {
  const others = Math.max(3, count - 1);
  const root = Math.sqrt(2 * Math.log(others));
  const largest = root - (Math.log(Math.log(others)) + Math.log(4 * Math.PI) - 2 * 0.5772) / (2 * root);
  return largest / Math.sqrt(width);
}

/** Random directions hardly ever exceed their mean by this factor. */
const BEYOND_CHANCE = 1.5;

/** Describes the token under the pointer, else the chosen one. */
export function reading(
  {tokens, chosen, hovered, neighbors}: MapView,
  {ids, width}: Snapshots,
  values: Float32Array,
): TemplateResult | string {
  const token = (row: number) => html`<span class="token">${visibleToken(tokens[row]!)}</span>`;
  if (hovered !== undefined && hovered !== chosen) {
    const [closest] = nearest(values, width, hovered, 1);
    return html`${token(hovered)} (id ${ids[hovered]})${
      closest ? html`: nearest to ${token(closest.row)}, cosine ${decimals(closest.similarity, 2)}` : nothing
    }.`;
  }
  const [closest] = neighbors;
  if (chosen === undefined || !closest) return 'Point at a token, or click one to choose it.';
  const chance = nearestByChance(tokens.length, width);
  const figure = html`<span class="number">${decimals(closest.similarity, 2)}</span>`;
  return closest.similarity > BEYOND_CHANCE * chance
    ? html`Of all tokens shown, ${token(closest.row)} is nearest to ${token(chosen)}: cosine ${figure}. With random vectors, the
        nearest of so many tokens would be at about ${decimals(chance, 2)}.`
    : html`Nearest to ${token(chosen)} is ${token(closest.row)}, cosine ${figure}: no nearer than with random vectors
        (about ${decimals(chance, 2)} for so many tokens).`;
}

/** Says what the map leaves out: dimensions and tokens. */
export function notes(
  {cloud, dimensions}: MapView,
  {width, all, ids, vocabSize}: Snapshots,
  given: boolean,
): TemplateResult {
  const spread = Math.round(100 * cloud.shares.slice(0, dimensions).reduce((sum, share) => sum + share, 0));
  return html`<p class="note">
      Each vector has ${width} numbers. The map projects them onto the ${dimensions} directions in which the vectors of the
      newest step differ most (principal components), which show ${spread} % of the variance.
      ${all.length > 1 ? 'The dotted line is the path of the chosen token.' : nothing}
    </p>
    ${
      ids.length < vocabSize
        ? html`<p class="note">
            The vocabulary has ${vocabSize.toLocaleString('en')} tokens; ${ids.length} are shown${
              given ? '' : ', the most frequent in the model’s text,'
            } and neighbors are chosen among these.
          </p>`
        : nothing
    }`;
}
