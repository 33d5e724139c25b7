import {visibleToken} from '../../../ui/base/format.js';
import type {CsvRow} from '../../../ui/export/csv.js';
import type {ArchitectureData} from './architecture-data.js';

/** Returns what is likely after each token, as a table. */
export const guessTable = ({tokens, stream}: ArchitectureData): CsvRow[] => [
  ['token', 'next token', 'probability'],
  ...tokens.flatMap((token, t) =>
    (stream.at(-1)?.guesses[t] ?? []).map((guess) => [
      visibleToken(token),
      visibleToken(guess.token),
      guess.probability,
    ]),
  ),
];
