import type {LabeledSets, LabeledSpec} from './labeled.js';
import {DEFAULT_MESSAGES, SPAM_CLASSES, spamHam} from './spam-ham/index.js';

/**
 * Returns the sets that a spec stands for.
 * @throws {RangeError} where the spec asks for an impossible number of messages
 */
export function loadLabeled(spec: LabeledSpec): LabeledSets {
  return spec.kind === 'spam-ham' ? spamHam(spec) : spec;
}

/** Returns how many texts a spec has to train on, without making them. */
export const trainingTexts = (spec: LabeledSpec): number =>
  spec.kind === 'spam-ham' ? Math.round(0.7 * (spec.messages ?? DEFAULT_MESSAGES)) : spec.train.length;

/** Returns the names of a spec's classes, without making its texts. */
export const classesOf = (spec: LabeledSpec): readonly string[] =>
  spec.kind === 'spam-ham' ? SPAM_CLASSES : spec.classes;
