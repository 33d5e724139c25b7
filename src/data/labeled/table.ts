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

/** A text with the line of the file that its row begins in, from 1. */
export interface ReadText extends LabeledText {
  line: number;
}

/** A row that was left out. */
export interface LeftOut {
  /** Of the file, from 1. */
  line: number;
  /** What is wrong with it: a sentence without its subject and full stop. */
  problem: string;
}

export interface LabeledTable {
  classes: string[];
  texts: ReadText[];
  malformed: LeftOut[];
}

/** So many values a column of classes has at most. */
export const MOST_CLASSES = 20;

/** Names that a header gives to the column of classes, and to that of texts. */
const NAMES = {
  label: /^(class|label|category|kind|type|target|topic|tag|intent|sentiment|v1)$/i,
  text: /^(text|message|msg|sms|mail|e-?mail|body|content|review|comment|sentence|tweet|question|v2)$/i,
};

/**
 * Returns the likeliest columns, by the names in the first row; else the text is the column with the longest fields among those that do
 * not keep repeating, and the class is another one with few values, at least two.
 */
export function guessColumns(rows: readonly Row[]): Columns {
  const sample = rows.slice(0, 200);
  const first = sample[0]?.fields ?? [];
  const width = Math.max(2, ...sample.map(({fields}) => fields.length));
  /** The column that the first row calls so, unless another row has the same there. */
  const named = (name: keyof typeof NAMES): number =>
    first.findIndex(
      (field, column) =>
        NAMES[name].test(field.trim()) && !sample.slice(1).some(({fields}) => fields[column] === field),
    );
  const [ownLabel, ownText] = [named('label'), named('text')];
  const isNamed = ownLabel >= 0;
  // Where there are few rows, the first one counts as well: it is a text more often than not.
  const counted = isNamed || sample.length > 4 ? sample.slice(1) : sample;
  const values = Array.from({length: width}, (_, column) =>
    counted.map(({fields}) => fields[column]?.trim() ?? '').filter(Boolean),
  );
  const distinct = values.map((column) => new Set(column).size);
  const total = values.map((column) => column.reduce((sum, field) => sum + field.length, 0));
  if (isNamed) total[ownLabel] = 0;
  const text = isNamed && ownText >= 0 ? ownText : likeliestText(total, distinct, counted.length);
  const label = isNamed ? ownLabel : likeliestClass(values, distinct, text);
  return {label, text, header: isNamed || isHeader(sample, label, text)};
}

/** @param total characters of each column @param distinct different values of each */
function likeliestText(total: readonly number[], distinct: readonly number[], rows: number): number {
  const most = (columns: readonly number[]) =>
    columns.reduce((best, column) => (total[column]! > total[best]! ? column : best));
  const varied = [...total.keys()].filter((column) => 2 * distinct[column]! > rows);
  return most(varied.length > 0 ? varied : [...total.keys()]);
}

function likeliestClass(
  values: readonly (readonly string[])[],
  distinct: readonly number[],
  text: number,
): number {
  // Of columns with equally few values, one of words is a class more often than one of numbers.
  const cost = (column: number): number => {
    const count = distinct[column]!;
    if (count === 0) return Number.POSITIVE_INFINITY;
    if (count === 1) return Number.MAX_SAFE_INTEGER;
    return count + (values[column]!.every((value) => Number.isFinite(Number(value))) ? 0.5 : 0);
  };
  const others = [...values.keys()].filter((column) => column !== text);
  return others.reduce((best, column) => (cost(column) < cost(best) ? column : best));
}

/** Whether the first row holds names: the others repeat their classes and none has its class, or its text alone is a single word. */
function isHeader([first, ...others]: readonly Row[], label: number, text: number): boolean {
  const name = first?.fields[label]?.trim();
  const classes = others.map(({fields}) => fields[label]?.trim());
  if (!name || classes.length < 2 || classes.includes(name)) return false;
  if (classes.length >= 4 && classes.length >= 2 * new Set(classes).size) return true;
  const isWord = ({fields}: Row) => !/\s/.test(fields[text]?.trim() ?? '');
  return isWord(first!) && !others.some(isWord);
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
  const texts: ReadText[] = [];
  const malformed: LeftOut[] = [];
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
    texts.push({line, text: body, label: index});
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
