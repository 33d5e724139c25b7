// What the figures of a run depend on: the machine, the versions of all contestants, the configuration.
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {totalmem} from 'node:os';
import {join} from 'node:path';
import {conditions} from '../conditions.mjs';
import {root} from '../run.mjs';

export const CONFIG = JSON.parse(readFileSync(join(root, 'scripts/bench/config.json'), 'utf8'));

const CONTESTANTS = ['@jax-js/jax', '@genai-fi/nanogpt', 'onnxruntime-web', 'webgpu'];

const git = (...words) => spawnSync('git', words, {cwd: root, encoding: 'utf8'}).stdout?.trim();

/** The code that is measured. `changedFiles`: those that differ from the commit. */
export const codeMeasured = () => ({
  commit: git('rev-parse', '--short', 'HEAD'),
  changedFiles: git('status', '--porcelain', '--', 'src', 'scripts/bench')?.split('\n').filter(Boolean)
    .length,
});

/** @param {{chromium?: string}} versions those that only running programs can tell */
export function benchConditions({chromium}) {
  const {devDependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const {machine, versions, ...rest} = conditions(chromium);
  if (!chromium) delete versions.chromium; // none was started
  return {
    ...rest,
    machine: {...machine, memoryGB: Math.round(totalmem() / 2 ** 30)},
    versions: {...versions, ...Object.fromEntries(CONTESTANTS.map((name) => [name, devDependencies[name]]))},
  };
}
