/** Which classifiers the browser keeps, so that a page offers to continue one before any engine runs. */
import type {LabeledData} from '../../data/labeled.js';
import {hash32} from '../../math/rng.js';
import type {LiveModel, Tune} from '../../state/index.js';
import type {Start} from './classifier.js';

/** The settings of a run. */
export interface Asked {
  start: Start;
  tune: Tune;
  seed: number;
  /** Undefined: as many as suit the data. */
  steps?: number;
}

const PREFIX = 'gpt-elements:classifier:';

const prints = new WeakMap<LabeledData, number>();

/** Returns a number that tells texts from others of the same name. */
function printOf(data: LabeledData): number {
  let print = prints.get(data);
  if (print !== undefined) return print;
  print = 0;
  for (const {text, label} of data.train) {
    print = hash32(print ^ label);
    for (let i = 0; i < text.length; i++) print = hash32(print ^ text.charCodeAt(i));
  }
  prints.set(data, print);
  return print;
}

/** Names a run by all that it is made from. */
export const runName = (base: LiveModel, {start, tune, seed}: Asked, data: LabeledData | undefined): string =>
  PREFIX + JSON.stringify([base.name, base.spec, start, tune, seed, data ? [data.name, printOf(data)] : '']);

/** Remembers how far a run is saved; undefined: it is not. Without storage nothing is remembered. */
export function rememberRun(name: string, step: number | undefined): void {
  try {
    if (step) localStorage.setItem(name, String(step));
    else localStorage.removeItem(name);
  } catch {
    // A private window or a blocked frame: the run is not offered after a reload.
  }
}

/** Returns how far a run was saved; undefined where it was not. */
export function rememberedStep(name: string): number | undefined {
  try {
    return Number(localStorage.getItem(name)) || undefined;
  } catch {
    return undefined;
  }
}
