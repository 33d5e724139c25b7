/** What the map shows, in words. */
import {html, nothing, type TemplateResult} from 'lit';
import {nearest} from '../../math/neighbors.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {MapView} from './map-points.js';
import type {Snapshots} from './snapshots.js';

/**
 * How alike the nearest of so many random directions is, on average. Cosines of random directions in C dimensions are
 * spread by 1 / √C around 0; the largest of N normal numbers is expected at √(2 ln N) − (ln ln N + ln 4π − 2γ) / (2 √(2 ln N))
 * spreads (Gumbel 1958).
 */
export function nearestByChance(count: number, width: number): number {
  const others = Math.max(3, count - 1);
  const root = Math.sqrt(2 * Math.log(others));
  const largest = root - (Math.log(Math.log(others)) + Math.log(4 * Math.PI) - 2 * 0.5772) / (2 * root);
  return largest / Math.sqrt(width);
}

/** So much more than chance brings on average, chance brings hardly ever. */
const BEYOND_CHANCE = 1.5;

/** About the token that is pointed at, else about the one that is chosen. */
export function reading(
  {tokens, chosen, hovered, neighbors}: MapView,
  {ids, width}: Snapshots,
  values: Float32Array,
): TemplateResult | string {
  const token = (row: number) => html`<span class="token">${visibleToken(tokens[row]!)}</span>`;
  if (hovered !== undefined && hovered !== chosen) {
    const [closest] = nearest(values, width, hovered, 1);
    return html`${token(hovered)} (id ${ids[hovered]})${
      closest ? html`: most like ${token(closest.row)}, cosine ${decimals(closest.similarity, 2)}` : nothing
    }.`;
  }
  const [closest] = neighbors;
  if (chosen === undefined || !closest) return 'Point at a token, or choose one with a click.';
  const chance = nearestByChance(tokens.length, width);
  const figure = html`<span class="number">${decimals(closest.similarity, 2)}</span>`;
  return closest.similarity > BEYOND_CHANCE * chance
    ? html`Of all tokens shown, ${token(closest.row)} is most like ${token(chosen)}: cosine ${figure}. Chance alone would
        bring the nearest of so many tokens to about ${decimals(chance, 2)}.`
    : html`Nearest to ${token(chosen)} is ${token(closest.row)} with a cosine of ${figure}: no nearer than chance would
        bring one of so many tokens (about ${decimals(chance, 2)}).`;
}

/** What the map leaves out: directions, and tokens. */
export function notes(
  {cloud, dimensions}: MapView,
  {width, all, ids, vocabSize}: Snapshots,
  given: boolean,
): TemplateResult {
  const spread = Math.round(100 * cloud.shares.slice(0, dimensions).reduce((sum, share) => sum + share, 0));
  return html`<p class="note">
      A row has ${width} numbers. The map is their shadow on the ${dimensions} directions in which the rows of the newest
      step differ most (principal components), and shows ${spread} % of how much they differ.
      ${all.length > 1 ? 'The dotted line is the way that the chosen token has gone.' : nothing}
    </p>
    ${
      ids.length < vocabSize
        ? html`<p class="note">
            The vocabulary has ${vocabSize.toLocaleString('en')} tokens; ${ids.length} are shown${
              given ? '' : ', the most frequent in the model’s text,'
            } and neighbors are sought among these.
          </p>`
        : nothing
    }`;
}
