/** What is chosen and what is lit, everywhere in the view. */

export interface HeadChoice {
  layer: number;
  head: number;
}

/** What is lit up: a query's row, a key's column, or the cell of both. */
export interface Lit {
  query?: number;
  key?: number;
}
