/** The messages that are shown first, one a line. */
export const EXAMPLE =
  'You won a free cake! Call now.\nYou see the cake after you pay me.\nMax, look! I found a tiny kite by the gate. I like it.';
