/**
 * A table of generated messages in the form of the SMS Spam Collection: `class<TAB>text` without a header, mostly ham, with quotation
 * marks that never close, entities, repeated rows, long messages and a few broken rows.
 */
import {key, uniformStream} from '../../math/rng.js';
import {Slice} from '../../tokenizers/slices.js';
import {spamHamInSlices} from './index.js';

export interface SpamTableOptions {
  /** Default: 1,000. */
  rows?: number;
  /** Default: 1. */
  seed?: number;
}

/** The share of spam in the SMS Spam Collection: 747 of 5,574. */
const SPAM_SHARE = 0.134;

/**
 * Returns the text of the table, with a line end after each row. Other tasks run between slices of the work.
 * @throws {DOMException} `AbortError` if the signal is aborted
 */
export async function spamTable(
  {rows = 1000, seed = 1}: SpamTableOptions = {},
  signal?: AbortSignal,
): Promise<string> {
  const {train, test} = await spamHamInSlices({seed, messages: 2000}, signal);
  const all = [...train, ...test];
  const byClass = [0, 1].map((label) => all.filter((message) => message.label === label));
  const next = uniformStream(key(seed, 2));
  const slice = new Slice(signal);
  const lines: string[] = [];
  for (let n = 0; n < rows; n++) {
    const label = next() < SPAM_SHARE ? 1 : 0;
    const pick = (): string => byClass[label]![Math.floor(next() * byClass[label]!.length)]!.text;
    const chance = next();
    // Most are two messages in a row, so that few rows repeat another.
    const length = chance < 0.15 ? 1 : chance < 0.85 ? 2 : 3 + Math.floor(6 * next());
    const text = Array.from({length}, pick).join(' ');
    lines.push(`${label ? 'spam' : 'ham'}\t${messy(text, n, next())}`);
    if (n % 250 === 117) lines.push(n % 500 === 117 ? 'ham' : '\tNobody gave this one a class.');
    if (slice.isOver) await slice.next();
  }
  return `${lines.join('\n')}\n`;
}

/** Returns a text with the marks that such files have. */
function messy(text: string, n: number, chance: number): string {
  if (chance < 0.02) return `"${text}`; // never closes
  if (chance < 0.04) return `${text}"`;
  if (chance < 0.06) return `"${text}" she said`;
  if (chance < 0.08) return text.replace(' ', ' &lt;#&gt; ');
  if (chance < 0.1) return `${text} ... Ü £${n}!`;
  if (chance < 0.11) return `"${text.replace(' ', ' ""')}"`;
  return text;
}
