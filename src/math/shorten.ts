const LENGTH = 60;

/** Returns a text from outside as it can stand in a sentence: at most 60 characters of it. */
export function shorten(text: string): string {
  return text.length <= LENGTH ? text : `${text.slice(0, LENGTH).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Returns any value from outside as it can stand in a sentence: its JSON, shortened. */
export function show(value: unknown): string {
  if (typeof value === 'number') return String(value); // JSON knows neither NaN nor Infinity
  try {
    return shorten(JSON.stringify(value) ?? String(value));
  } catch {
    return `a value of the type ${typeof value}`; // it contains itself, or is nested too deeply
  }
}

/** Returns a count as it can stand in a sentence: 12345 → “12,345”. */
export const inThousands = (count: number | bigint): string => count.toLocaleString('en');
