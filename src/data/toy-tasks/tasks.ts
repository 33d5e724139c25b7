/**
 * Toy tasks: every line is a question with exactly one right answer, so that one can count how often a model is right.
 *
 *     copy       cabf=cabf
 *     reverse    cabf=fbac
 *     sort       cabf=abcf
 *     add        47+58=105
 *     induction  d3 a7 f1 c4 a7      (after “a” comes what came after it before: [A][B] … [A] → [B])
 *
 * What a line costs who knows the rule is known too: each question is a sequence of choices among equally likely options,
 * n of them cost ln n nats, and the answer costs nothing.
 */

export const TOY_TASKS = ['copy', 'reverse', 'sort', 'add', 'induction'] as const;
export type ToyTaskName = (typeof TOY_TASKS)[number];

/** Draws one of the numbers 0 … n − 1, each with the same probability. */
export type Draw = (n: number) => number;

export interface ToyTask {
  /** Up to where the model is asked: “cabf=”. */
  ask(draw: Draw): string;
  /** The one right answer to such a question: “fbac”. */
  answer(question: string): string;
  /** Expected −ln p of a line, in nats. */
  entropyPerLine: number;
  /** Expected length of a line, its newline included. */
  charactersPerLine: number;
}

const LETTERS = 'abcdefghij';
const SHORTEST = 3;
const LONGEST = 6;
/** Numbers to add are below this. */
const BELOW = 100;
const PAIRS = 4;

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const range = (from: number, to: number): number[] => Array.from({length: to - from + 1}, (_, i) => from + i);
const digits = (n: number): number => String(n).length;

/** A task on a word of random letters: `answer` turns the word into what follows the “=”. */
function wordTask(answer: (word: string) => string): ToyTask {
  const lengths = range(SHORTEST, LONGEST);
  return {
    ask(draw) {
      const length = SHORTEST + draw(lengths.length);
      return `${Array.from({length}, () => LETTERS[draw(LETTERS.length)]).join('')}=`;
    },
    answer: (question) => answer(question.slice(0, -1)),
    entropyPerLine: Math.log(lengths.length) + mean(lengths) * Math.log(LETTERS.length),
    charactersPerLine: 2 * mean(lengths) + 2, // the word, “=”, the answer, the newline
  };
}

const numbers = range(0, BELOW - 1);

const add: ToyTask = {
  ask: (draw) => `${draw(BELOW)}+${draw(BELOW)}=`,
  answer(question) {
    const [a, b] = question.slice(0, -1).split('+').map(Number);
    return String(a! + b!);
  },
  entropyPerLine: 2 * Math.log(BELOW),
  charactersPerLine:
    2 * mean(numbers.map(digits)) + mean(numbers.flatMap((a) => numbers.map((b) => digits(a + b)))) + 3,
};

const induction: ToyTask = {
  ask(draw) {
    const left = [...LETTERS];
    const keys = Array.from({length: PAIRS}, () => left.splice(draw(left.length), 1)[0]!);
    return `${keys.map((letter) => `${letter}${draw(10)} `).join('')}${keys[draw(PAIRS)]}`;
  },
  answer: (question) => question[question.indexOf(question.at(-1)!) + 1]!,
  entropyPerLine:
    range(0, PAIRS - 1).reduce((sum, taken) => sum + Math.log(LETTERS.length - taken), 0) + // letters, no two alike
    PAIRS * Math.log(10) + // their digits
    Math.log(PAIRS), // which one is asked
  charactersPerLine: 3 * PAIRS + 3, // “d3 ” four times, then “a7” and the newline
};

const byCode = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

export const tasks: Readonly<Record<ToyTaskName, ToyTask>> = {
  copy: wordTask((word) => word),
  reverse: wordTask((word) => [...word].reverse().join('')),
  sort: wordTask((word) => [...word].sort(byCode).join('')),
  add,
  induction,
};
