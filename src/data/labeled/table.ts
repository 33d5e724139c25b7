/** From rows to labeled texts: which column is the class, which the text, and which rows cannot be used. */
import {CorpusError} from '../corpus.js';
import type {LabeledText} from '../labeled.js';
import type {Row} from './read-rows.js';

export interface Columns {
  /** Counted from 0. */
  label: number;
  text: number;
  /** Whether the first row holds the columns' names. */
  header: boolean;
}

export interface LabeledTable {
  classes: string[];
  texts: LabeledText[];
  /** Rows that were left out, with the line of the file and the reason. */
  malformed: {line: number; problem: string}[];
}

/** So many values a column of classes has at most. */
export const MOST_CLASSES = 20;

/** Returns the likeliest columns: the one with the fewest values, at least two, is the class, the one with the longest fields the text. */
export function guessColumns(rows: readonly Row[]): Columns {
  const sample = rows.slice(0, 200);
  const width = Math.max(2, ...sample.map(({fields}) => fields.length));
  const values = Array.from({length: width}, (_, column) =>
    sample.slice(1).map(({fields}) => fields[column] ?? ''),
  );
  const distinct = values.map((column) => {
    const count = new Set(column.filter(Boolean)).size;
    return count >= 2 ? count : count === 1 ? Number.MAX_SAFE_INTEGER : Number.POSITIVE_INFINITY;
  });
  const total = values.map((column) => column.reduce((sum, field) => sum + field.length, 0));
  const text = total.indexOf(Math.max(...total));
  const others = distinct.map((count, column) => (column === text ? Number.POSITIVE_INFINITY : count));
  const label = others.indexOf(Math.min(...others));
  const first = sample[0]?.fields[label];
  return {label, text, header: first !== undefined && !values[label]!.includes(first)};
}

/** Returns how many fields most rows have. */
export function usualWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const {fields} of rows) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}

/**
 * Returns the texts in order, with their classes in alphabetical order: a class's number is its place there.
 * @throws {CorpusError} `empty` without a usable row; `too-short` with one class only; `binary` where the column holds no classes
 */
export function labelRows(rows: readonly Row[], {label, text, header}: Columns): LabeledTable {
  const width = Math.max(usualWidth(rows), label + 1, text + 1);
  const found: string[] = [];
  const texts: LabeledText[] = [];
  const malformed: LabeledTable['malformed'] = [];
  for (const {line, fields} of header ? rows.slice(1) : rows) {
    const [name, body] = [fields[label]?.trim(), fields[text]?.trim()];
    if (!name || !body) {
      const missing = name ? 'text' : body ? 'class' : 'class and no text';
      malformed.push({line, problem: `has no ${missing}`});
      continue;
    }
    if (fields.length > width) {
      malformed.push({
        line,
        problem: `has ${fields.length} columns, not ${width}: is its text not in quotation marks?`,
      });
      continue;
    }
    let index = found.indexOf(name);
    if (index < 0) index = found.push(name) - 1;
    if (found.length > MOST_CLASSES)
      throw new CorpusError(
        'binary',
        `Column ${label + 1} holds more than ${MOST_CLASSES} different values, such as “${name.slice(0, 40)}”: that is not a column of classes. Choose another one.`,
      );
    texts.push({text: body, label: index});
  }
  if (texts.length === 0)
    throw new CorpusError(
      'empty',
      'No row has both a class and a text. Choose other columns or another file.',
    );
  if (found.length === 1)
    throw new CorpusError(
      'too-short',
      `Every row has the class “${found[0]!.slice(0, 40)}”: there is nothing to tell apart. Add rows of another class, or choose another column.`,
    );
  const classes = found.toSorted();
  const places = found.map((name) => classes.indexOf(name));
  return {classes, texts: texts.map((one) => ({...one, label: places[one.label]!})), malformed};
}
