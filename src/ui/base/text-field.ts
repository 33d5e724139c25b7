/** What every view of a text needs to know about it: where it begins, how much of it is shown, and what to say of the rest. */
import type {LiveModel} from '../../state/live-model.js';

/** A text as a view shows it. */
export interface ShownText {
  text: string;
  /** [T]: the tokens that are shown. */
  ids: readonly number[];
}

/**
 * The first line of a corpus, cut between two words.
 * @param maxLength Characters
 */
export function openingOf(excerpt: string, maxLength = Number.POSITIVE_INFINITY): string {
  const line = excerpt.trimStart().slice(0, 400).split('\n', 1)[0]!;
  if (line.length <= maxLength) return line;
  const end = line.lastIndexOf(' ', maxLength);
  return line.slice(0, end > 0 ? end : maxLength);
}

/** Says that a text was cut; undefined if it was not. */
export function firstShownNote(total: number, shown: number, contextLength?: number): string | undefined {
  if (shown >= total) return undefined;
  return shown === contextLength
    ? `The text has ${total} tokens; this model looks at ${contextLength} at a time, so the first ${shown} are shown.`
    : `The text has ${total} tokens; the first ${shown} are shown.`;
}

/**
 * Encodes a text for a view: its first tokens, as many as the model reads and the view shows.
 * @throws {EngineError} `token` if the vocabulary lacks a character
 */
export function encodeShown(
  model: LiveModel,
  text: string,
  contextLength: number,
  maxTokens = contextLength,
): ShownText & {note?: string} {
  const all = model.encode(text);
  const ids = all.slice(0, Math.min(contextLength, maxTokens));
  return {text, ids, note: firstShownNote(all.length, ids.length, contextLength)};
}
