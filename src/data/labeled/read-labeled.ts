/** From the text of a table to labeled texts in three sets, with an account of every row. */
import {CorpusError} from '../corpus.js';
import {type LabeledSplit, type LabeledText, MOST_TEXTS} from '../labeled.js';
import {type Delimiter, guessDelimiter, type Row, readRows} from './read-rows.js';
import {
  balance,
  checkClasses,
  leaked,
  sample,
  splitTexts,
  type WithoutCopies,
  withoutCopies,
} from './split.js';
import {
  type Columns,
  guessColumns,
  type LabeledTable,
  type LeftOut,
  labelRows,
  type ReadText,
  usualWidth,
} from './table.js';

/** Rows of the preview, characters of a field of it, and malformed rows that are listed. */
const PREVIEW_ROWS = 3;
const PREVIEW_CHARACTERS = 100;
const MOST_LISTED = 200;

export interface ReadLabeledSettings {
  /** Default: guessed. */
  delimiter?: Delimiter;
  /** Default: guessed. */
  columns?: Columns;
  /** Whether every class gets as many texts as the rarest has (under-sampling). Default: true. */
  balanced?: boolean;
  /** Determines which texts are drawn, and the split. Default: 1. */
  seed?: number;
}

/** What became of the rows. Counts by class are [K]. */
export interface LabeledResult {
  split: LabeledSplit;
  /** Rows without a class or a text, or with too many columns. */
  malformedRows: number;
  /** Usable rows by class. */
  usable: number[];
  /** Rows that repeat another one and were left out, and how many of those have another class. */
  copies: number;
  conflicts: number;
  /** How many texts of the test set would have had a copy in the training set. */
  leaked: number;
  /** Different texts by class. */
  different: number[];
  /** Texts of all three sets by class: after balancing, at most {@link MOST_TEXTS}. */
  used: number[];
}

export interface LabeledReading {
  rows: number;
  delimiter: Delimiter;
  columns: Columns;
  /** The columns' names, or their numbers from 1. */
  names: string[];
  /** The first rows, with fields cut where they are long. */
  preview: Row[];
  /** Rows that cannot be used, and those whose text an earlier row has under another class: the first of them, by line. */
  leftOut: LeftOut[];
  /** How many there are. */
  leftOutRows: number;
  /** Undefined where there is nothing to learn from; `problem` then says why. */
  result?: LabeledResult;
  /** A sentence for the reader. */
  problem?: string;
}

/**
 * Reads a table of labeled texts, balances and splits it. Columns that hold no classes and texts are reported in `problem`, so that the
 * reader can choose others.
 * @param text with \n at the ends of lines
 * @throws {DOMException} `AbortError` if the signal is aborted
 */
export async function readLabeled(
  text: string,
  settings: ReadLabeledSettings = {},
  signal?: AbortSignal,
): Promise<LabeledReading> {
  const {delimiter = guessDelimiter(text), balanced = true, seed = 1} = settings;
  const rows = await readRows(text, delimiter, signal);
  const columns = settings.columns ?? guessColumns(rows);
  const width = Math.max(2, usualWidth(rows));
  const header = columns.header ? rows[0]?.fields : undefined;
  const reading: LabeledReading = {
    rows: rows.length - (header ? 1 : 0),
    delimiter,
    columns,
    names: Array.from({length: width}, (_, column) => header?.[column]?.trim() || `column ${column + 1}`),
    preview: rows.slice(header ? 1 : 0, PREVIEW_ROWS + (header ? 1 : 0)).map(({line, fields}) => ({
      line,
      fields: fields.map((field) =>
        field.length > PREVIEW_CHARACTERS ? `${field.slice(0, PREVIEW_CHARACTERS - 1)}…` : field,
      ),
    })),
    leftOut: [],
    leftOutRows: 0,
  };
  try {
    if (rows.every(({fields}) => fields.length < 2)) throw oneColumn();
    const table = labelRows(rows, columns);
    const cleaned = withoutCopies(table.texts);
    const leftOut = [...table.malformed, ...cleaned.conflicts.map((one) => conflictOf(one, table.classes))];
    reading.leftOut = leftOut.sort((a, b) => a.line - b.line).slice(0, MOST_LISTED);
    reading.leftOutRows = leftOut.length;
    return {...reading, result: resultOf(table, cleaned, balanced, seed)};
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    return {...reading, problem: error.message};
  }
}

const conflictOf = (
  {text, first}: {text: ReadText; first: ReadText},
  classes: readonly string[],
): LeftOut => ({
  line: text.line,
  problem: `has the text of line ${first.line} under another class: “${classes[text.label]}”, not “${classes[first.label]}”`,
});

function resultOf(
  {classes, texts, malformed}: LabeledTable,
  {texts: different, copies, conflicts}: WithoutCopies<ReadText>,
  balanced: boolean,
  seed: number,
): LabeledResult {
  const countsOf = (counted: readonly LabeledText[]): number[] => {
    const counts = new Array<number>(classes.length).fill(0);
    for (const {label} of counted) counts[label]!++;
    return counts;
  };
  checkClasses(classes, different, countsOf(conflicts.map(({text}) => text)));
  const chosen = balanced ? balance(different, seed, MOST_TEXTS) : sample(different, MOST_TEXTS, seed);
  return {
    split: splitTexts(
      classes,
      chosen.map(({text, label}) => ({text, label})),
      seed,
    ),
    malformedRows: malformed.length,
    usable: countsOf(texts),
    copies,
    conflicts: conflicts.length,
    leaked: copies > 0 ? leaked(splitTexts(classes, texts, seed)) : 0,
    different: countsOf(different),
    used: countsOf(chosen),
  };
}

const oneColumn = (): CorpusError =>
  new CorpusError(
    'empty',
    'No row has two columns. Each row needs a class and a text with a tab, a comma or a semicolon between them, for example: spam, a tab, and “You won a prize!”',
  );
