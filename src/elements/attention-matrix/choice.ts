/** What is chosen and what is highlighted, everywhere in the view. */

export interface HeadChoice {
  layer: number;
  head: number;
}

/** What is highlighted up: a query's row, a key's column, or the cell of both. */
export interface Highlight {
  query?: number;
  key?: number;
}
