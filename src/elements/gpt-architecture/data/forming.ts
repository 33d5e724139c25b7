/** How the guess for the next token forms along the residual stream: the shares of the final candidates at each of its points. */
import type {ArchitectureData, Guess} from './architecture-data.js';

/** Final candidates whose shares are followed through the stream. */
export const FOLLOWED = 2;

/** A candidate’s share at each point of the stream; `undefined` where it was not read. */
export interface Followed {
  id: number;
  token: string;
  shares: readonly (number | undefined)[];
}

/** Returns the likeliest candidates for what follows a token, with their shares at each point of the stream. */
export function followedGuesses({stream}: ArchitectureData, token: number): Followed[] {
  return (stream.at(-1)?.guesses[token] ?? []).slice(0, FOLLOWED).map(({id, token: text}) => ({
    id,
    token: text,
    shares: stream.map(({guesses}) => guesses[token]?.find((guess) => guess.id === id)?.probability),
  }));
}

/** Where a candidate’s share changes most. */
export interface Step {
  /** Index of the point of the stream after the change. */
  point: number;
  from: number;
  to: number;
}

/** Returns the largest change of a candidate’s share from one point to the next: the largest rise (`sign` 1) or fall (−1). */
export function largestStep({shares}: Followed, sign: 1 | -1): Step | undefined {
  let best: Step | undefined;
  for (let point = 1; point < shares.length; point++) {
    const [from, to] = [shares[point - 1], shares[point]];
    if (from === undefined || to === undefined || sign * (to - from) <= 0) continue;
    if (!best || sign * (to - from) > sign * (best.to - best.from)) best = {point, from, to};
  }
  return best;
}

/** Adds the followed candidates to the likeliest at a point, where they are not among them. */
export const withFollowed = (likeliest: readonly Guess[], followed: readonly Guess[]): Guess[] => [
  ...likeliest,
  ...followed.filter(({id}) => !likeliest.some((guess) => guess.id === id)),
];
