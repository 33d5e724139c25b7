import {within} from '../../math/within.js';
import {EngineError} from '../errors.js';

/** How long a script may take to load, in milliseconds. */
export const START_PATIENCE_MS = 30_000;

/**
 * Loads code that is needed only now.
 * @param what names it for the reader
 * @throws {EngineError} where it does not arrive; asking again tries again
 */
export async function loadCode<T>(what: string, load: () => Promise<T>): Promise<T> {
  const sentence = `The code of the ${what} could not be loaded. Check the connection and try again.`;
  const failed = (cause?: unknown) => new EngineError('internal', sentence, {cause});
  const code = load().catch((cause: unknown) => Promise.reject(failed(cause)));
  return within(START_PATIENCE_MS, code, failed);
}
