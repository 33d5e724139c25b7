// What the figures of a run depend on: the machine, the versions of all contestants, the configuration.
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {totalmem} from 'node:os';
import {join} from 'node:path';
import {conditions} from '../scripts/conditions.mjs';
import {root} from '../scripts/run.mjs';

export const CONFIG = JSON.parse(readFileSync(join(root, 'bench/config.json'), 'utf8'));

const git = (...words) => spawnSync('git', words, {cwd: root, encoding: 'utf8'}).stdout?.trim();

/** The code that is measured. `changedFiles`: those that differ from the commit. */
export const codeMeasured = () => ({
  commit: git('rev-parse', '--short', 'HEAD'),
  changedFiles: git('status', '--porcelain', '--', 'src', 'bench')?.split('\n').filter(Boolean).length,
});

/** @param {{chromium?: string}} versions those that only running programs can tell */
export function benchConditions({chromium}) {
  const contestants = JSON.parse(readFileSync(join(root, 'bench/package.json'), 'utf8')).dependencies;
  const {machine, versions, ...rest} = conditions(chromium);
  if (!chromium) delete versions.chromium; // none was started
  return {
    ...rest,
    machine: {...machine, memoryGB: Math.round(totalmem() / 2 ** 30)},
    versions: {...versions, ...contestants},
  };
}
