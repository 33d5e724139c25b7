// The bench without a browser: what node.mjs and pack-node.mjs bundle into one file. Measures the plan on whatever adapter Dawn
// finds, beside its peers where that is quick, and at the sizes that only a graphics card can do. The last line is the result as JSON.
//   --quick   without peers
//   --large   GPT-2's sizes on software adapters too
//   --result <file>   written there, too, after each part: whoever breaks it off has those that are done
// DAWN_NODE names Dawn's library, DAWN_OPTIONS its options, separated by spaces.
import {renameSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {setBackend} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {testDevice} from '../src/webgpu/testing/gpu.ts';
import {startDawn} from './dawn.mjs';
import {firstLine, pick} from './group.mjs';
import {measureAccuracy} from './measure/accuracy.ts';
import {isSoftwareDevice} from './measure/adapter.ts';
import {measureDecode} from './measure/decode.ts';
import {measureLarge} from './measure/large.ts';
import {measurePlan} from './measure/plan.ts';
import {race} from './measure/race.ts';
import {openJax} from './peers/jax.ts';
import {openPlan} from './peers/plan.ts';
import {openReference} from './peers/reference.ts';
import {openStock} from './peers/stock.ts';
import {runRace} from './run-race.mjs';

/** A peer's step that takes longer, compiling included, is its last. */
const STEP_LIMIT_MS = 180_000;

const {values: options} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    large: {type: 'boolean', default: false},
    result: {type: 'string'},
  },
});

startDawn(process.env.DAWN_NODE, (process.env.DAWN_OPTIONS ?? '').split(' ').filter(Boolean));
if (!(await navigator.gpu.requestAdapter())) {
  console.error(
    'Error: no WebGPU adapter. On Linux without a graphics card, Mesa has one (Debian: mesa-vulkan-drivers).',
  );
  process.exit(3);
}
const device = await testDevice();
const software = isSoftwareDevice(device);
const result = {
  adapter: undefined,
  features: [...device.features].sort(),
  figures: {},
  details: {},
  seconds: {},
  failed: {},
};

function keep() {
  if (!options.result) return;
  writeFileSync(`${options.result}.new`, JSON.stringify(result));
  renameSync(`${options.result}.new`, options.result); // whole, whenever it is read
}

/** A part that fails costs its own figures only. */
async function part(name, work) {
  console.error(`${name} …`);
  const from = performance.now();
  try {
    await work();
  } catch (error) {
    console.error(error);
    result.failed[name] = firstLine(error);
  }
  result.seconds[name] = Math.round((performance.now() - from) / 1000);
  console.error(`${name}: ${result.seconds[name]} s`);
  keep();
}

await part('plan', async () => {
  const plan = await measurePlan();
  result.adapter = plan.adapter;
  result.details.plan = plan;
  Object.assign(result.figures, pick('train.plan.', plan));
});
await part('decode', async () => {
  result.details.decode = await measureDecode();
  Object.assign(result.figures, pick('decode.plan.', result.details.decode));
});
await part('accuracy', async () => {
  await setBackend('cpu');
  Object.assign(result.figures, pick('accuracy.', await measureAccuracy()));
});
if (!options.quick)
  await part('race', async () => {
    const entrants = {plan: openPlan, jaxjs: openJax, reference: openReference, stock: openStock};
    const {lap, emptied} = race(entrants);
    const rounds = software ? 3 : 20;
    const take = ({figures, details}) => {
      Object.assign(result.figures, figures);
      result.details.race = details;
      keep();
    };
    take(
      await runRace({
        names: Object.keys(entrants),
        rounds,
        lap,
        emptied,
        limitMs: STEP_LIMIT_MS,
        onRound: take,
      }),
    );
  });
if (!software || options.large)
  await part('large', async () => {
    result.details.large = await measureLarge();
  });

console.log(`\n${JSON.stringify(result)}`); // on a line of its own: Dawn writes warnings to where this goes, without an end
process.exit(); // Dawn's threads would keep Node alive
