import type {CheckName} from './checks.js';

type Faults = Readonly<Record<string, Partial<Record<CheckName, string>>>>;

/** Checks that an element is known to fail, with what was seen. Must be empty at the end; a listed check that passes fails. */
export const AWAITING: Faults = {};
