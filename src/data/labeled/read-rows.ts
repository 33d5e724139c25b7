/**
 * Reads tables of labeled texts, TSV or CSV, as people share them. A small reader of our own: the SMS Spam Collection, the file that most
 * readers will bring, has quotation marks that never close. A reader that follows RFC 4180, such as Papa Parse, then swallows the rows
 * up to the next mark and reports nothing. Here a mark opens a quoted field only where the field also ends with one.
 */
import {yieldToEventLoop} from '../../math/yield-to-event-loop.js';

export type Delimiter = '\t' | ',' | ';';
const DELIMITERS: readonly Delimiter[] = ['\t', ',', ';'];

/** Rows of one slice of work, after which other tasks may run. */
const SLICE = 500;
/** The longest quoted field, in lines: a mark without its partner is then an ordinary character. */
const MOST_LINES = 50;

export interface Row {
  /** The line of the file that it begins in, from 1. */
  line: number;
  fields: string[];
}

/** Lines that are looked at to guess the delimiter. */
const GUESSED_FROM = 20;

/**
 * Returns the delimiter that cuts the most of the first rows into the same number of fields, at least two. Of several, the one that a space
 * follows least often: in a sentence, a comma has one behind it.
 */
export function guessDelimiter(text: string): Delimiter {
  const lines = text.split('\n', GUESSED_FROM);
  const score = (delimiter: Delimiter): number => {
    const rows = Array.from(rowsOf(lines, delimiter));
    const widths = rows.map(({fields}) => fields.length);
    const same = widths.map((width) => (width < 2 ? 0 : widths.filter((other) => other === width).length));
    const ends = text.slice(0, 10_000).split(delimiter).slice(1);
    const tight = ends.filter((after) => !after.startsWith(' ')).length / (ends.length || 1);
    return (Math.max(0, ...same) / (rows.length || 1)) * (1 + tight);
  };
  return DELIMITERS.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best));
}

/**
 * Returns the rows of a table; lines without any character are left out. Other tasks run between slices of the work.
 * @param text with \n at the ends of lines
 * @throws {DOMException} `AbortError` where the signal was given
 */
export async function readRows(text: string, delimiter: Delimiter, signal?: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  for (const row of rowsOf(text.split('\n'), delimiter))
    if (rows.push(row) % SLICE === 0) await yieldToEventLoop(signal);
  return rows;
}

function* rowsOf(lines: readonly string[], delimiter: Delimiter): Iterable<Row> {
  for (let at = 0; at < lines.length; ) {
    const {fields, lines: used} = readRow(lines, at, delimiter);
    if (used > 1 || lines[at]!.trim()) yield {line: at + 1, fields};
    at += used;
  }
}

/** Reads the row that begins at a line. */
function readRow(
  lines: readonly string[],
  at: number,
  delimiter: Delimiter,
): {fields: string[]; lines: number} {
  const fields: string[] = [];
  let line = lines[at]!;
  let used = 1;
  for (let start = 0; start <= line.length; ) {
    if (line[start] === '"') {
      let end = closingMark(line, start, delimiter);
      for (let more = used; end < 0 && more < MOST_LINES && at + more < lines.length; more++) {
        if (delimiter === '\t' && lines[at + more]!.includes(delimiter)) break; // a row: the mark was a character
        const longer = [line, ...lines.slice(at + used, at + more + 1)].join('\n');
        end = closingMark(longer, start, delimiter);
        if (end >= 0) [line, used] = [longer, more + 1];
      }
      if (end >= 0) {
        fields.push(line.slice(start + 1, end).replaceAll('""', '"'));
        start = end + 2;
        continue;
      }
    }
    const next = line.indexOf(delimiter, start);
    const end = next < 0 ? line.length : next;
    fields.push(line.slice(start, end));
    start = end + 1;
  }
  return {fields, lines: used};
}

/** Returns the index of the mark that ends a quoted field: one before a delimiter or the end; −1 where there is none. */
function closingMark(line: string, start: number, delimiter: Delimiter): number {
  for (let at = line.indexOf('"', start + 1); at >= 0; at = line.indexOf('"', at + 1)) {
    if (line[at + 1] === '"') at++;
    else if (at + 1 === line.length || line[at + 1] === delimiter || line[at + 1] === '\n')
      return line[at + 1] === '\n' ? -1 : at;
  }
  return -1;
}
