/** Parts of a `tokenizer.json` that all kinds of tokenizers share, checked as what comes from outside. */
import {withRemedy} from '../math/remedy.js';
import {shorten, show} from '../math/shorten.js';
import {TokenizerSpecError} from './tokenizer.js';

/** GPT-2's vocabulary has 1 MB, the largest in use some 30 MB. */
const MAX_FILE_LENGTH = 64_000_000;
/** Returns special tokens as a `tokenizer.json` lists them: they are matched in a text before anything else. */
export const addedTokens = (specialTokens: ReadonlyMap<string, number>): object[] =>
  Array.from(specialTokens, ([content, id]) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));

export function vocabOf(value: unknown): Map<string, number> {
  const entries = Object.entries(record(value, 'Its “vocab”'));
  return new Map(entries as [string, number][]);
}

/** Returns token → id as a list by id. */
export function inOrder(ids: ReadonlyMap<string, number>): string[] {
  const tokens = new Array<string>(ids.size);
  for (const [token, id] of ids) {
    if (!Number.isInteger(id) || id < 0 || id >= ids.size)
      throw new TokenizerSpecError(
        `“${shorten(token)}” has the id ${show(id)}; the ids of ${ids.size} tokens must be the whole numbers from 0 to ${ids.size - 1}.`,
      );
    if (tokens[id] !== undefined)
      throw new TokenizerSpecError(
        `“${shorten(tokens[id])}” and “${shorten(token)}” have the same id, ${id}.`,
      );
    tokens[id] = token;
  }
  return tokens;
}

export function parse(json: string, name: string): unknown {
  checkLength(json, name);
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw withRemedy(
      new TokenizerSpecError(`This ${name} is not valid JSON: it was cut short or changed.`, {cause}),
      'Get the file again.',
    );
  }
}

export function checkLength(text: string, name: string): void {
  if (text.length > MAX_FILE_LENGTH)
    throw new TokenizerSpecError(
      `This ${name} has ${Math.ceil(text.length / 1e6)} MB; at most ${MAX_FILE_LENGTH / 1e6} MB can be loaded.`,
    );
}

export function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new TokenizerSpecError(`${name} should be an object, not ${show(value)}.`);
}

export function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new TokenizerSpecError(`“${name}” should be a list, not ${show(value)}.`);
}
