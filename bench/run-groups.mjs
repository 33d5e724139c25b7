// Runs groups one after another, each in a browser of its own. A group that fails costs its own figures only.
import {cpus, loadavg} from 'node:os';
import {codeMeasured} from './conditions.mjs';
import {firstLine, notRun} from './group.mjs';
import {browserSession} from './session.mjs';

const load = () => loadavg().map((value) => Number(value.toFixed(2)));

/** Four digits are more than any of these figures is worth. */
const rounded = (value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);

/** Why a target is missed, as far as is known. What is timed while others use the machine says little. */
export function whyMissed({target, unit, timed = unit !== undefined}, {loadBefore, loadAfter}) {
  const cores = cpus().length;
  const load = Math.max(loadBefore[0], loadAfter[0]);
  const busy =
    timed && load > 1.5 * cores
      ? `taken on a busy machine (load ${load}, ${cores} cores): measure again when it is quiet`
      : undefined;
  return [target.whyNot, busy].filter(Boolean).join('; ') || 'not looked into yet';
}

/** A figure as it is kept: the value beside what it should be. */
function figure(description, answer, group, conditions) {
  const {unit, target} = description;
  const {value, reason} = typeof answer === 'object' ? answer : {value: answer};
  const met = value === null || !target ? null : target.holds(value);
  return {
    value: rounded(value),
    ...(unit && {unit}),
    target: target?.text ?? null,
    met,
    ...(reason && {reason}),
    ...(met === false && {reason: whyMissed(description, conditions)}),
    group,
  };
}

async function runGroup(group, options) {
  const session = browserSession();
  try {
    const {figures, ...rest} = await group.run({quick: options.quick, options, inPage: session.inPage});
    const unknown = Object.keys(figures).filter((key) => !(key in group.figures));
    if (unknown.length > 0) throw new Error(`it gives ${unknown.join(', ')}, which it does not list`);
    return {answers: figures, ...rest, versions: session.versions(), missing: 'not among those asked for'};
  } catch (error) {
    console.error(`${group.name}: ${error.stack ?? error}`);
    return {answers: {}, failed: true, missing: `failed: ${firstLine(error)}`};
  } finally {
    await session.close();
  }
}

/** Why a group is not run; undefined: it is. */
function skipped({name, slow}, {only, quick}) {
  if (only && !only.includes(name)) return 'not asked for: --only';
  if (quick && slow) return 'not run: --quick leaves slow groups out';
}

/**
 * @param {import('./group.mjs').Group[]} groups
 * @param {{quick: boolean, only?: string[]} & Record<string, any>} options
 * @param {(run: object) => void} save called after each group with what there is: a long run that is broken off leaves that
 * @returns `figures` by key, `details` and `conditions` by group, `failed`: whether any group did
 */
export async function runGroups(groups, options, save) {
  const run = {figures: {}, details: {}, conditions: {}, versions: {}, failed: false};
  for (const group of groups) {
    const absent = skipped(group, options) ?? 'not reached: the run was broken off';
    for (const [key, description] of Object.entries(group.figures))
      run.figures[key] = figure(description, notRun(absent), group.name);
  }
  for (const group of groups.filter((group) => !skipped(group, options))) {
    console.log(`${group.name}: ${group.about} …`);
    const loadBefore = load();
    const from = performance.now();
    const {answers, details, adapter, versions, failed, missing} = await runGroup(group, options);
    const conditions = {
      date: new Date().toISOString(),
      ...codeMeasured(),
      ...(adapter && {adapter}),
      seconds: Math.round((performance.now() - from) / 1000),
      loadBefore,
      loadAfter: load(),
    };
    for (const [key, description] of Object.entries(group.figures)) {
      const absent = options.quick && description.slow ? 'not run: --quick leaves slow figures out' : missing;
      run.figures[key] = figure(description, answers[key] ?? notRun(absent), group.name, conditions);
    }
    if (details) run.details[group.name] = details;
    Object.assign(run.versions, versions);
    run.failed ||= failed ?? false;
    run.conditions[group.name] = conditions;
    save(run);
  }
  return run;
}
