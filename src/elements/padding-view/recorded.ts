/** What a spam filter that was trained earlier says of the example: on show until the reader has trained one. */
import type {LiveModel} from '../../state/live-model.js';
import {EXAMPLE} from './example.js';

/** As scripts/experiments/spam.mjs writes it. */
export interface RecordedReadings {
  classes: readonly string[];
  /** Of its training. */
  steps: number;
  /** See `PaddedData`. */
  drift: number;
  /** [messages][context]: the probability of the second class, read at each position of a message and of the padding behind it. */
  probs: readonly (readonly number[])[];
}

/** Returns the readings of these messages by a filter that was made from this model; undefined where there are none. */
export async function recordedReadings(
  text: string,
  {spec, step}: LiveModel,
): Promise<RecordedReadings | undefined> {
  if (text !== EXAMPLE || spec.pretrained !== 'tiny-tales' || step !== 0) return undefined;
  return (await import('./recorded-readings.js')).READINGS;
}
