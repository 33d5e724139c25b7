// All groups, in the order in which they run. A new one is a file here and a line in this list.
import {backends} from './backends.mjs';
import {plan} from './plan.mjs';

/** @type {import('../group.mjs').Group[]} */
export const groups = [plan, backends];
