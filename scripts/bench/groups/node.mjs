// The same plan outside a browser: Node with Dawn, on the machine's own adapter or on Mesa's lavapipe. Figures are those of the other groups, with `node.` before them.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {root} from '../../run.mjs';
import {notRun} from '../group.mjs';
import {plan} from './plan.mjs';

const underNode = (figures) =>
  Object.fromEntries(Object.entries(figures).map(([key, description]) => [`node.${key}`, description]));

/** How it ends where there is nothing to run on. */
const NO_ADAPTER = 3;

/** The bench's last line of output; where there is no adapter, the reason. */
function runNodeBench() {
  const cache = mkdtempSync(join(tmpdir(), 'gpt-elements-')); // empty: compiled shaders are kept, but not from run to run
  const child = spawn(process.execPath, [join(root, 'scripts/bench/node.mjs')], {
    env: {...process.env, MESA_SHADER_CACHE_DIR: cache},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.on('close', () => rmSync(cache, {recursive: true, force: true}));
  let output = '';
  let complaints = '';
  child.stdout.on('data', (bytes) => (output += bytes));
  child.stderr.on('data', (bytes) => (complaints += bytes));
  return new Promise((resolve, reject) =>
    child.on('close', (code) => {
      if (code === 0) return resolve(JSON.parse(output.trim().split('\n').at(-1)));
      const reason = /^\w*Error: (.*)$/m.exec(complaints)?.[1] ?? `it ended with code ${code}`;
      if (code === NO_ADAPTER) resolve({reason});
      else reject(new Error(reason));
    }),
  );
}

/** @type {import('../group.mjs').Group} */
export const node = {
  name: 'node',
  about: 'the plan in Node on Dawn, beside jax-js and tfjs in turns',
  slow: true, // software adapters compile for a minute
  figures: underNode({
    ...plan.figures,
    // No targets: those of the speedups are for SwiftShader, where barriers cost much more than anywhere else.
    'train.speedup.stock': {},
    'train.speedup.jaxjs': {},
    'train.speedup.reference': {},
  }),
  async run() {
    const {reason, adapter, features, figures, details} = await runNodeBench();
    const named = reason ? {} : underNode(figures);
    return {
      figures: Object.fromEntries(
        Object.keys(node.figures).map((key) => [
          key,
          named[key] ?? notRun(reason ?? 'not among its results: see details'),
        ]),
      ),
      details: {features, ...details},
      adapter,
    };
  },
};
