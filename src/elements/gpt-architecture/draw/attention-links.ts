/** Where a token’s heads take from: curves from the streams of other lanes to its attention rows. */

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
