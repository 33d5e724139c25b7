// The bench without a browser: what node.mjs and pack-node.mjs bundle into one file. Measures the plan on whatever adapter Dawn
// finds, beside its peers where that is quick, and at the sizes that only a graphics card can do. The last line is the result as JSON.
//   --quick   without peers
//   --large   GPT-2's sizes on software adapters too
// DAWN_NODE names Dawn's library, DAWN_OPTIONS its options, separated by spaces.
import {parseArgs} from 'node:util';
import {setBackend} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import {testDevice} from '../../src/webgpu/testing/gpu.ts';
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

const {values: options} = parseArgs({
  options: {quick: {type: 'boolean', default: false}, large: {type: 'boolean', default: false}},
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
const result = {adapter: undefined, features: [...device.features].sort(), figures: {}, details: {}};

/** A part that fails costs its own figures only. */
async function part(name, work) {
  console.error(`${name} …`);
  try {
    await work();
  } catch (error) {
    console.error(error);
    result.details[name] = {failed: firstLine(error)};
  }
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
    const {figures, details} = await runRace({names: Object.keys(entrants), rounds, lap, emptied});
    Object.assign(result.figures, figures);
    result.details.race = details;
  });
if (!software || options.large)
  await part('large', async () => {
    result.details.large = await measureLarge();
  });

console.log(JSON.stringify(result));
process.exit(); // Dawn's threads would keep Node alive
