// What a run of the bench leaves: a table to read, and a document to keep.

function show(value, unit) {
  if (value === null) return '–';
  if (typeof value !== 'number') return String(value);
  const tiny = value !== 0 && Math.abs(value) < 0.001;
  return `${tiny ? value.toExponential(1) : value.toLocaleString('en')}${unit ? ` ${unit}` : ''}`;
}

const verdict = (met) => (met === null ? '' : met ? 'yes' : 'NO');

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
          value: show(value, unit),
          target: target ?? '',
          met: verdict(met),
        },
      ]),
    ),
  );
  const missed = rows.filter(([, {met, value}]) => met === false || value === null);
  for (const why of new Set(missed.map(([, {reason}]) => reason)))
    console.log(
      `${missed
        .filter(([, {reason}]) => reason === why)
        .map(([key]) => key)
        .join(', ')}: ${why}`,
    );
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
 * @param earlier the document of an earlier run, to keep what was not asked for this time: each group says when it ran, and on what
 */
export function document({conditions, config, run, earlier}) {
  const groups = {...earlier?.groups, ...run.conditions};
  const kept = (key, figure) => (figure.group in run.conditions ? figure : (earlier?.figures[key] ?? figure));
  const figures = Object.fromEntries(
    Object.entries(run.figures).map(([key, figure]) => [key, kept(key, figure)]),
  );
  return {
    ...conditions,
    versions: {...earlier?.versions, ...conditions.versions},
    adapter: groups.plan?.adapter ?? null,
    config,
    groups,
    figures,
    ...nested(Object.fromEntries(Object.entries(figures).map(([key, {value}]) => [key, value]))),
    details: {...earlier?.details, ...run.details},
  };
}

/** The same to read: a table of all figures, and under what conditions each group ran. */
export function markdown({machine, versions, groups, figures}) {
  const cells = (...values) => `| ${values.join(' | ')} |`;
  const rows = Object.entries(figures).map(([key, {value, unit, target, met, reason}]) =>
    cells(`\`${key}\``, show(value, unit), target ?? '', verdict(met), (reason ?? '').replaceAll('|', '/')),
  );
  const conditions = Object.entries(groups).map(([name, ran]) =>
    cells(
      name,
      ran.date.slice(0, 16).replace('T', ' '),
      ran.changedFiles ? `${ran.commit} and ${ran.changedFiles} changed files` : ran.commit,
      ran.adapter ?? '',
      ran.seconds,
      ran.loadBefore[0],
      ran.loadAfter[0],
    ),
  );
  return [
    '# Results of the bench',
    '',
    `${machine.cpu} (${machine.cores} cores, ${machine.memoryGB} GB). ` +
      `Versions: ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}. ` +
      'Written by `npm run bench`; what the figures mean: docs/benchmarks.md.',
    '',
    cells('group', 'when, UTC', 'commit', 'adapter', 'seconds', 'load before', 'load after'),
    cells('---', '---', '---', '---', '---', '---', '---'),
    ...conditions,
    '',
    cells('figure', 'value', 'target', 'met', 'why not'),
    cells('---', '---', '---', '---', '---'),
    ...rows,
    '',
  ].join('\n');
}
