// The planned training step and planned decoding by themselves: what they ask of WebGPU, what JavaScript and the browser
// cost, how near a step comes to the adapter's own best matrix product, and whether it computes what the reference does.
import {atLeast, atMost, exactly, pick} from '../group.mjs';

const LAYERS = 4;

/** More, and what was tried: src/webgpu/README.md. */
const MFU =
  'tiles end (loop, stores, GELU) after sums over 128, the yardstick’s after 512; attention, norms and AdamW load more than they compute';

/** @type {import('../group.mjs').Group} */
export const plan = {
  name: 'plan',
  about: 'the planned step and planned decoding in Chromium',
  figures: {
    'train.plan.dispatchesPerStep': {target: atMost(8 + 12 * LAYERS)},
    'train.plan.submitsPerStep': {target: atMost(1)},
    'train.plan.passesPerStep': {target: atMost(1)},
    'train.plan.allocationsPerStep': {target: atMost(0)},
    'train.plan.writeBuffersPerStep': {target: atMost(2)},
    'train.plan.jsMicrosPerStepNull': {unit: 'µs', target: atMost(10)},
    'train.plan.jsMicrosPerStepNull12Layers': {unit: 'µs', target: atMost(50)},
    'train.plan.nullDispatchMs': {unit: 'ms', target: atMost(0.9)},
    'train.plan.nullDispatchPipelinedMs': {unit: 'ms'},
    'train.plan.msPerStep': {unit: 'ms'},
    'train.plan.mfu': {timed: true, target: atLeast(0.9, {whyNot: MFU})},
    'train.plan.peakBytesRatio': {target: atMost(1.15)},
    'train.plan.msToFirstStep': {unit: 'ms', target: atMost(3000)},
    'train.plan.pipelines': {target: atMost(14)},
    'decode.plan.dispatchesPerToken': {target: atMost(4 * LAYERS + 3)},
    'decode.plan.submitsPerToken': {target: atMost(1 / 32, {text: '≤ 1/32'})},
    'decode.plan.msPerToken': {unit: 'ms'},
    'accuracy.gradMaxRel': {target: atMost(5e-6)},
    'accuracy.loss100MaxAbs': {target: atMost(1e-4)},
    'accuracy.bitIdentical': {target: exactly(true)},
  },
  async run({inPage}) {
    // Each measurement gets a page of its own: nothing of the one before is left.
    const ask = (name) => inPage('bench/measure/plan-page.ts', (tab) => tab.call(name));
    const train = await ask('measurePlan');
    const decode = await ask('measureDecode');
    const accuracy = await ask('measureAccuracy');
    const answers = {
      ...pick('train.plan.', train),
      ...pick('decode.plan.', decode),
      ...pick('accuracy.', accuracy),
    };
    return {
      figures: Object.fromEntries(Object.keys(plan.figures).map((key) => [key, answers[key]])),
      details: {train, decode},
      adapter: train.adapter,
    };
  },
};
