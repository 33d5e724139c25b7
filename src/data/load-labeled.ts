import type {LabeledSets, LabeledSpec} from './labeled.js';
import {spamHam} from './spam-ham/index.js';

/**
 * Returns the sets that a spec stands for.
 * @throws {RangeError} where the spec asks for an impossible number of messages
 */
export function loadLabeled(spec: LabeledSpec): LabeledSets {
  return spec.kind === 'spam-ham' ? spamHam(spec) : spec;
}
