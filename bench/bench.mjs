// `npm run bench`: measures this library beside others, in headless Chromium and in Node. Prints a table and writes
// bench/results/latest.json, and .md to read. How it is made, and how to add to it: bench/README.md.
//   npm run bench -- --quick            without the slow contestants: under a minute on a quiet machine
//   npm run bench -- --only plan,node   some groups again; the figures of the others are kept
//   npm run bench -- --list             which groups and figures there are

import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../scripts/run.mjs';
import {benchConditions, CONFIG} from './conditions.mjs';
import {groups} from './groups/index.mjs';
import {document, markdown, printFigures} from './report.mjs';
import {runGroups} from './run-groups.mjs';

/** Prints every group with its figures and targets. */
export function listGroups() {
  for (const {name, about, slow, figures} of groups) {
    console.log(`${name}${slow ? ' (slow)' : ''}: ${about}`);
    for (const [key, {target}] of Object.entries(figures)) console.log(`  ${key} ${target?.text ?? ''}`);
  }
}

const results = join(root, 'bench/results');
const file = join(results, 'latest.json');

/**
 * Runs the groups, prints their figures and writes them to bench/results/.
 * @param {{quick: boolean, only?: string, backends?: string, preset?: string, steps?: string}} options
 * @throws {Error} if `only` names a group that does not exist
 */
export async function runBench(options) {
  const only = options.only?.split(',');
  for (const name of only ?? [])
    if (!groups.some((group) => group.name === name))
      throw new Error(`There is no group “${name}”: ${groups.map(({name}) => name).join(', ')}.`);
  const earlier = only && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  mkdirSync(results, {recursive: true});
  const save = (run) => {
    const kept = document({conditions: benchConditions(run.versions), config: CONFIG, run, earlier});
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
    writeFileSync(join(results, 'latest.md'), markdown(kept));
  };
  const run = await runGroups(groups, {...options, only}, save);
  printFigures(run.figures);
  console.log('bench/results/latest.json and .md written.');
  if (run.failed) process.exitCode = 1;
}
