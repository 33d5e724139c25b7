/** How much room words take, estimated: a drawing is made before its fonts are known, and without a browser. */

/** Widths of characters in shares of the font size, as in Inter and other wide sans-serifs. */
const widthOf = (one: string): number =>
  " .,:;'’!|ijl()".includes(one)
    ? 0.29
    : 'frtI·“”-'.includes(one)
      ? 0.38
      : /[mwMW%]/.test(one)
        ? 0.87
        : /[A-Z+]/.test(one)
          ? 0.67
          : 0.59;

/** What bold words are wider. */
const BOLD = 1.05;

/** Returns the width of words in a sans-serif. */
export const wordsWidth = (text: string, size: number, weight = 400): number =>
  [...text].reduce((sum, one) => sum + widthOf(one), 0) * size * (weight >= 600 ? BOLD : 1);

/** Returns the width of a token or number in a fixed-width font. */
export const codeWidth = (text: string, size: number): number => text.length * 0.6 * size;

/** Returns the longest of some wordings that there is room for; none: empty. */
export const fitting = (wordings: readonly string[], room: number, size: number, weight = 400): string =>
  wordings.find((text) => wordsWidth(text, size, weight) <= room) ?? '';
