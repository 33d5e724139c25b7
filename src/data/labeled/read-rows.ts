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

/** Returns the delimiter that cuts the first lines into the same number of fields most often, at least two. */
export function guessDelimiter(text: string): Delimiter {
  const lines = text.split('\n', 20).filter(Boolean);
  const score = (delimiter: Delimiter): number =>
    lines.filter((line) => line.split(delimiter).length === 2).length +
    lines.filter((line) => line.includes(delimiter)).length;
  return DELIMITERS.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best));
}

/**
 * Returns the rows of a table; lines without any character are left out. Other tasks run between slices of the work.
 * @param text with \n at the ends of lines
 * @throws {DOMException} `AbortError` where the signal was given
 */
export async function readRows(text: string, delimiter: Delimiter, signal?: AbortSignal): Promise<Row[]> {
  const lines = text.split('\n');
  const rows: Row[] = [];
  for (let at = 0; at < lines.length; ) {
    const {fields, lines: used} = readRow(lines, at, delimiter);
    if (used > 1 || lines[at]!.trim()) rows.push({line: at + 1, fields});
    at += used;
    if (rows.length % SLICE === SLICE - 1) await yieldToEventLoop(signal);
  }
  return rows;
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
