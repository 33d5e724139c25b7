// What a group of figures is, and how it says what it measured. A group is one file in groups/; see README.md.

/**
 * @typedef {object} Target what a figure should be
 * @property {string} text as shown, e.g. `≤ 56`
 * @property {(value: number | boolean) => boolean} holds
 * @property {string} [whyNot] for a target that is known to be missed: the reason, and what was tried
 *
 * @typedef {number | boolean | {value: null, reason: string}} Answer
 *
 * @typedef {object} Figure what is known of a key before it is measured
 * @property {string} [unit] e.g. `ms`; none for counts and ratios
 * @property {Target} [target] none: only recorded
 * @property {boolean} [timed] whether it depends on what else the machine does; default: whether it has a unit
 * @property {boolean} [slow] `--quick` leaves it out: the group need not answer it then
 *
 * @typedef {object} Bench what a group measures with
 * @property {boolean} quick whether slow figures are to be left out
 * @property {Record<string, string | undefined>} options the command line's `--preset`, `--steps`, `--backends`
 * @property {import('./session.mjs').InPage} inPage runs functions of a TypeScript file in a page of this group's own browser
 *
 * @typedef {object} Group
 * @property {string} name for `--only`
 * @property {string} about a line to read while it runs
 * @property {boolean} [slow] `--quick` leaves the whole group out
 * @property {Record<string, Figure>} figures by stable key: dots make the nesting of latest.json
 * @property {(bench: Bench) => Promise<{figures: Record<string, Answer>, details?: object, adapter?: string}>} run
 *   `details`: whatever else is worth keeping, under the group's name; `adapter`: the GPU that did the work
 */

const known = (whyNot) => (whyNot ? {whyNot} : {});

/** @returns {Target} */
export const atMost = (limit, {text = `≤ ${limit}`, whyNot} = {}) => ({
  text,
  holds: (value) => value <= limit,
  ...known(whyNot),
});

/** @returns {Target} */
export const atLeast = (limit, {text = `≥ ${limit}`, whyNot} = {}) => ({
  text,
  holds: (value) => value >= limit,
  ...known(whyNot),
});

/** @returns {Target} */
export const exactly = (wanted, {whyNot} = {}) => ({
  text: String(wanted),
  holds: (value) => value === wanted,
  ...known(whyNot),
});

/** A figure that could not be measured here. @returns {Answer} */
export const notRun = (reason) => ({value: null, reason});

/** The message alone: traces are printed, not kept. */
export const firstLine = (error) =>
  String(error?.message ?? error)
    .split('\n')[0]
    .replace(/^page\.evaluate: /, '');

/** Answers for several keys out of an object: `pick('train.plan.', plan, ['pipelines', …])`. */
export const pick = (prefix, values, names = Object.keys(values)) =>
  Object.fromEntries(names.map((name) => [prefix + name, values[name]]));
