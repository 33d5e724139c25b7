/** Which tokens a head reads most. */
import {visibleToken} from '../../../ui/base/format.js';
import type {ArchitectureData} from '../data/architecture-data.js';

export interface Source {
  token: number;
  weight: number;
}

/** Share of a row’s attention that is drawn; the rest would be a haze of thin lines. */
const DRAWN_MASS = 0.8;

/** Returns the strongest sources of a row that together hold most of its attention, strongest first. */
export function mainSources(row: ArrayLike<number>, mass = DRAWN_MASS): Source[] {
  const sorted = Array.from(row, (weight, token) => ({token, weight})).sort((a, b) => b.weight - a.weight);
  const main: Source[] = [];
  let sum = 0;
  for (const source of sorted) {
    if (sum >= mass || source.weight <= 0) break;
    main.push(source);
    sum += source.weight;
  }
  return main;
}

export const ITSELF = 'itself';

/** Alone, it would not be seen as a token. */
const PUNCTUATION = /^[^\p{L}\p{N}]+$/u;

/** Returns the token that a row of attention reads most, as a caption names it. */
export function mostRead({tokens}: ArchitectureData, row: ArrayLike<number>, chosen: number): string {
  const [source] = mainSources(row);
  if (!source) return '';
  if (source.token === chosen) return ITSELF;
  const name = visibleToken(tokens[source.token]!);
  return PUNCTUATION.test(name) ? `“${name}”` : name;
}
