import {STEPS} from './words.js';

/** The steps by number, from 1. */
export const [GLANCE, PROJECT, COMPARE, , , ALL_AT_ONCE] = [1, 2, 3, 4, 5, 6];
/** The last step is about random numbers and needs no layer. */
export const WHY_ROOT = STEPS.length;
/** Whether a step says who gets how much. */
export const tellsShares = (step: number): boolean => step === GLANCE || step > COMPARE;
