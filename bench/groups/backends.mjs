// The reference model's training step on each of tfjs's backends: time, what is asked of WebGPU, and whether memory stays
// constant.   npm run bench -- --only backends --backends wasm,cpu --preset nano --steps 100
import {exactly} from '../group.mjs';

/** Enough to see a leak, and to finish on a machine without a GPU. */
const STEPS = {webgpu: 30, wasm: 300, cpu: 10};

const each = (figure, description) =>
  Object.fromEntries(
    Object.keys(STEPS).map((backend) => [`train.reference.${backend}.${figure}`, description]),
  );

/** @type {import('../group.mjs').Group} */
export const backends = {
  name: 'backends',
  about: 'the reference step on WebGPU, wasm and the CPU',
  slow: true,
  figures: {
    ...each('msToFirstStep', {unit: 'ms'}),
    ...each('msPerStep', {unit: 'ms'}),
    ...each('tokensPerSecond', {unit: '1/s'}),
    ...each('steady', {target: exactly(true)}),
  },
  async run({inPage, options}) {
    const wanted = (options.backends ?? Object.keys(STEPS).join()).split(',');
    for (const backend of wanted)
      if (!(backend in STEPS))
        throw new Error(`There is no backend “${backend}”: ${Object.keys(STEPS).join(', ')}.`);
    const preset = options.preset ?? 'nano';
    const figures = {};
    const details = {preset};
    for (const backend of wanted) {
      const request = {backend, preset, steps: Number(options.steps ?? STEPS[backend])};
      const result = await inPage('bench/measure/reference.ts', (tab) => tab.call('bench', request));
      const {early, late, msToFirstStep, msPerStep, tokensPerSecond} = result;
      const steady = early.tensors === late.tensors && early.gpuBytes === late.gpuBytes;
      for (const [name, value] of Object.entries({msToFirstStep, msPerStep, tokensPerSecond, steady}))
        figures[`train.reference.${backend}.${name}`] = value;
      details[backend] = {steps: request.steps, ...result};
    }
    return {figures, details};
  },
};
