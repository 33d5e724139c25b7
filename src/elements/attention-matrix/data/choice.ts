/** The chosen head, and what is highlighted. */

export interface HeadChoice {
  layer: number;
  head: number;
}

/** A highlighted query's row, key's column, or the cell of both. */
export interface Highlight {
  query?: number;
  key?: number;
}
