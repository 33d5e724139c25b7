// The same plan outside a browser: Node with Dawn, on the machine's own adapter or on Mesa's lavapipe. Figures are those of the other groups, with `node.` before them.
import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {root} from '../../run.mjs';
import {atLeast, notRun} from '../group.mjs';
import {plan} from './plan.mjs';

const underNode = (figures) =>
  Object.fromEntries(Object.entries(figures).map(([key, description]) => [`node.${key}`, description]));

/** How it ends where there is nothing to run on. */
const NO_ADAPTER = 3;

/** The bench's last line of output; where there is no adapter, the reason. */
function runNodeBench() {
  const child = spawn(process.execPath, [join(root, 'scripts/bench/node.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
    'train.speedup.stock': {target: atLeast(20)},
    'train.speedup.jaxjs': {target: atLeast(4.5)},
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
