import type {RecordedAnswers} from './record.js';

/** Returns the key of a question in a record: the method and its arguments as JSON. */
export const recordKey = (method: keyof RecordedAnswers, ...args: unknown[]): string =>
  JSON.stringify([method, ...args]);
