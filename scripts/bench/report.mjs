// What a run of the bench leaves: a table to read, and a document to keep.

const show = (value, unit) =>
  value === null
    ? '–'
    : `${typeof value === 'number' ? value.toLocaleString('en') : value}${unit ? ` ${unit}` : ''}`;
const tiny = (value) => typeof value === 'number' && value !== 0 && Math.abs(value) < 0.001;

/** Figures as a table; those that were not run stay out of it. */
export function printFigures(figures) {
  const rows = Object.entries(figures).filter(
    ([, {value, reason}]) => value !== null || !reason.startsWith('not '), // asked for, or run
  );
  console.table(
    Object.fromEntries(
      rows.map(([key, {value, unit, target, met}]) => [
        key,
        {
          value: tiny(value) ? value.toExponential(1) : show(value, unit),
          target: target ?? '',
          met: met === null ? '' : met ? 'yes' : 'NO',
        },
      ]),
    ),
  );
  const whys = Map.groupBy(
    rows.filter(([, {met, value}]) => met === false || value === null),
    ([, {reason}]) => reason,
  );
  for (const [reason, missed] of whys) console.log(`${missed.map(([key]) => key).join(', ')}: ${reason}`);
}

/** `{'a.b.c': 1}` becomes `{a: {b: {c: 1}}}`. */
export function nested(values) {
  const tree = {};
  for (const [key, value] of Object.entries(values)) {
    const path = key.split('.');
    const last = path.pop();
    let node = tree;
    for (const name of path) node = node[name] ??= {};
    node[last] = value;
  }
  return tree;
}

/**
 * The document: `figures` holds each key with its target, whether that is met, and why not; the same values stand nested by
 * their keys beside it (`train.plan.pipelines`), for programs that want numbers only.
 */
export const document = ({conditions, config, run}) => ({
  ...conditions,
  config,
  groups: run.conditions,
  figures: run.figures,
  ...nested(Object.fromEntries(Object.entries(run.figures).map(([key, {value}]) => [key, value]))),
  details: run.details,
});
