import {visibleToken} from '../../ui/base/format.js';

/** Returns the rows whose token equals the search text; if there is none, the rows whose token contains it. */
export function matching(tokens: readonly string[], search: string): Set<number> {
  const wanted = search.toLowerCase();
  if (!wanted) return new Set();
  const found = (test: (token: string) => boolean): number[] =>
    tokens.flatMap((token, row) =>
      test(token.toLowerCase()) || test(visibleToken(token).toLowerCase()) ? [row] : [],
    );
  const exact = found((token) => token === wanted || token.trim() === wanted);
  return new Set(exact.length ? exact : found((token) => token.includes(wanted)));
}
