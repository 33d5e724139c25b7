// Runs groups one after another, each in a browser of its own. A group that fails costs its own figures only.
import {loadavg} from 'node:os';
import {firstLine, notRun} from './group.mjs';
import {browserSession} from './session.mjs';

const load = () => loadavg().map((value) => Number(value.toFixed(2)));

/** Four digits are more than any of these figures is worth. */
const rounded = (value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);

/** A figure as it is kept: the value beside what it should be. */
function figure({unit, target}, answer, group) {
  const {value, reason} = typeof answer === 'object' ? answer : {value: answer};
  const met = value === null || !target ? null : target.holds(value);
  return {
    value: rounded(value),
    ...(unit && {unit}),
    target: target?.text ?? null,
    met,
    ...(reason && {reason}),
    ...(met === false && {reason: target.whyNot ?? 'not looked into yet'}),
    group,
  };
}

async function runGroup(group, options) {
  if (group.skip) return {answers: {}, missing: group.skip};
  const session = browserSession();
  try {
    const {figures, ...rest} = await group.run({quick: options.quick, options, inPage: session.inPage});
    return {answers: figures, ...rest, versions: session.versions(), missing: 'not among those asked for'};
  } catch (error) {
    console.error(`${group.name}: ${error.stack ?? error}`);
    return {answers: {}, failed: true, missing: `failed: ${firstLine(error)}`};
  } finally {
    await session.close();
  }
}

/**
 * @param {import('./group.mjs').Group[]} groups
 * @param {{quick: boolean, only?: string[]} & Record<string, any>} options
 * @returns `figures` by key, `details` and `conditions` by group, `failed`: whether any group did
 */
export async function runGroups(groups, options) {
  const all = {figures: {}, details: {}, conditions: {}, versions: {}, failed: false};
  for (const group of groups) {
    let skip;
    if (options.only && !options.only.includes(group.name)) skip = 'not asked for: --only';
    else if (options.quick && group.slow) skip = 'not run: --quick leaves slow groups out';
    if (!skip) console.log(`${group.name}: ${group.about} …`);
    const loadBefore = load();
    const from = performance.now();
    const {answers, details, adapter, versions, failed, missing} = await runGroup({...group, skip}, options);
    for (const [key, description] of Object.entries(group.figures)) {
      const absent = options.quick && description.slow ? 'not run: --quick leaves slow figures out' : missing;
      all.figures[key] = figure(description, answers[key] ?? notRun(absent), group.name);
    }
    for (const key of Object.keys(answers))
      if (!(key in group.figures))
        throw new Error(`The group ${group.name} gives “${key}”, which it does not list.`);
    if (skip) continue;
    if (details) all.details[group.name] = details;
    Object.assign(all.versions, versions);
    all.failed ||= failed ?? false;
    all.conditions[group.name] = {
      date: new Date().toISOString(),
      ...(adapter && {adapter}),
      seconds: Math.round((performance.now() - from) / 1000),
      loadBefore,
      loadAfter: load(),
    };
  }
  return all;
}
