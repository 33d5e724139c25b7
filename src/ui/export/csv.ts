/** Tables as files (RFC 4180): commas between fields, quotation marks where a field holds one, a comma or the end of a line. */
import {Slice} from '../../tokenizers/slices.js';

export type CsvRow = readonly (string | number)[];

const field = (value: string | number): string => {
  const text = `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Writes a table of any length without holding the page up. */
export async function csvFile(rows: Iterable<CsvRow>): Promise<Blob> {
  const lines: string[] = [];
  const slice = new Slice();
  for (const row of rows) {
    lines.push(`${row.map(field).join(',')}\r\n`);
    if (slice.isOver) await slice.next();
  }
  return new Blob(lines, {type: 'text/csv;charset=utf-8'});
}
