import type {CheckName} from './checks.js';

/** Checks that do not hold for an element, each with the reason, which the test run prints. At most three. */
export const EXEMPT: Readonly<Record<string, Partial<Record<CheckName, string>>>> = {};
