// The same plan outside a browser: Node with Dawn, on the machine's own adapter or on Mesa's lavapipe. Figures are those of the other groups, with `node.` before them.
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {atMost, notRun} from '../group.mjs';
import {runNodeBench} from '../run-node.mjs';
import {plan} from './plan.mjs';

const underNode = (figures) =>
  Object.fromEntries(Object.entries(figures).map(([key, description]) => [`node.${key}`, description]));

/** How it ends where there is nothing to run on. */
const NO_ADAPTER = 3;

/** Four minutes on lavapipe and two quiet cores. Beyond, what is done counts and the rest is not run. */
const LIMIT_MINUTES = 20;

/** Dawn makes pipelines at once; lavapipe compiles each at its first dispatch, one after the other. */
const COMPILING =
  'on lavapipe LLVM takes most of it: 16 s for attention’s backward kernel (8 s with one query a thread, and a step of 198 ms instead of 186), 12 s for all others';

/** Whose failure leaves a figure out. */
const partOf = (key) =>
  ({train: key.startsWith('train.plan.') ? 'plan' : 'race', decode: 'decode', accuracy: 'accuracy'})[
    key.split('.')[0]
  ];

/** What came of it, as far as it came; `why`: what ended it before its end. */
async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-'));
  const file = join(folder, 'result.json');
  try {
    const {code, said} = await runNodeBench(['--result', file], {
      env: {MESA_SHADER_CACHE_DIR: join(folder, 'shaders')}, // compiled shaders are kept, but not from run to run
      limitMs: LIMIT_MINUTES * 60_000,
      onProgress: (line) => console.error(`  ${line}`),
    });
    const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {figures: {}, failed: {}};
    if (code === 0) return {...result, why: 'not among its results: see details'};
    const error = /^\w*Error: (.*)$/m.exec(said)?.[1];
    if (code === NO_ADAPTER) return {...result, why: error};
    return {
      ...result,
      broken: true,
      why:
        code === null
          ? `not reached: it was ended after ${LIMIT_MINUTES} minutes, or crashed`
          : `not reached: it ended with code ${code}${error ? ` (${error})` : ''}`,
    };
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** @type {import('../group.mjs').Group} */
export const node = {
  name: 'node',
  about: 'the plan in Node on Dawn, beside jax-js and tfjs in turns',
  slow: true, // software adapters compile for minutes
  figures: underNode({
    ...plan.figures,
    'train.plan.msToFirstStep': {unit: 'ms', target: atMost(3000, {whyNot: COMPILING})},
    // No targets: those of the speedups are for SwiftShader, where barriers cost much more than anywhere else.
    'train.speedup.stock': {},
    'train.speedup.jaxjs': {},
    'train.speedup.reference': {},
    'train.peers.stock.nullDispatchMs': {unit: 'ms'},
    'train.peers.jaxjs.nullDispatchMs': {unit: 'ms'},
    'train.peers.reference.nullDispatchMs': {unit: 'ms'},
  }),
  async run() {
    const {adapter, features, figures, details, seconds, failed, why, broken} = await measure();
    const answer = (key) =>
      figures[key] ?? notRun(failed[partOf(key)] ? `failed: ${failed[partOf(key)]}` : why);
    return {
      figures: Object.fromEntries(
        Object.keys(node.figures).map((key) => [key, answer(key.replace('node.', ''))]),
      ),
      details: {features, seconds, failed, ...details},
      adapter,
      failed: broken || Object.keys(failed).length > 0,
    };
  },
};
