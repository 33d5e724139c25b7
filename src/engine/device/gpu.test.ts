import {expect} from '@open-wc/testing';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import type {WebGPUMemoryInfo} from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import {backend, memory} from '@tensorflow/tfjs-core';
import {LiveModel} from '../../state/live-model.js';
import {
  becomes,
  connectInProcess,
  freshAutosaves,
  reaches,
  rejection,
  TINY_SPEC,
  TINY_TRAINING,
} from '../testing/in-process.js';
import {QUICK} from '../testing/rounds.js';

describe('the engine on a GPU', () => {
  const gpu = () => (backend() as WebGPUBackend).device;
  const make = () =>
    new LiveModel('m', TINY_SPEC, () => connectInProcess({...QUICK, autosaves: freshAutosaves()}), {
      backend: 'webgpu',
    });

  it('replaces one that is lost: training continues from the last snapshot, as if nothing had been', async () => {
    const model = make();
    const messages: (string | undefined)[] = [];
    model.addEventListener('gpt-status', ({detail}) => messages.push(detail.message));
    await model.train({...TINY_TRAINING, steps: 20, saveInterval: 2});
    await reaches(model, 5);
    const lossesBefore = model.history.steps.map(({loss}) => loss);
    const lost = gpu();
    lost.destroy();
    await becomes(model, 'done', 'error');
    expect(model.error).to.equal(undefined);
    expect(model.status).to.equal('done');
    expect(gpu()).not.to.equal(lost);
    expect(messages.find((message) => message?.startsWith('The GPU was lost'))).to.match(
      /continues from step ([468]|1[02468])\./,
    );
    const {steps} = model.history;
    expect(steps.map(({step}) => step)).to.deep.equal(Array.from({length: 20}, (_, i) => i + 1));
    expect(steps.slice(0, 5).map(({loss}) => loss)).to.deep.equal(lossesBefore.slice(0, 5));
    const {numTensors} = memory();
    await model.trace({text: 'one', want: ['logits']});
    expect(memory().numTensors).to.equal(numTensors);
    await model.close();
  });

  it('trains with 16 bits on request: planned for less memory, and said so', async () => {
    const model = make();
    await model.train({...TINY_TRAINING, steps: 2});
    await becomes(model, 'done', 'error');
    const full = model.facts!;
    expect(full).to.include({kernels: 'plan', precision: 'float32'});
    await model.train({...TINY_TRAINING, steps: 4, precision: 'mixed'});
    await becomes(model, 'done', 'error');
    expect(model.error).to.equal(undefined);
    expect(model.step).to.equal(4);
    expect(model.facts).to.include({kernels: 'plan', precision: 'mixed'});
    expect(model.facts!.bytes.training).to.be.below(full.bytes.training);
    await model.close();
  });

  it('replaces it when a request finds it gone', async () => {
    const model = make();
    const before = await model.trace({text: 'one', want: ['logits']});
    gpu().destroy();
    const after = await model.trace({text: 'one', want: ['logits']});
    expect(after.logits!.data).to.deep.equal(before.logits!.data);
    await model.close();
  });

  it('lets a request fail whose work the GPU refuses, instead of giving zeros', async () => {
    const model = make();
    await model.ready;
    gpu().createShaderModule({code: 'nonsense'});
    await gpu().queue.onSubmittedWorkDone();
    const error = await rejection(model.trace({text: 'one', want: ['logits']}));
    expect(error.code).to.equal('backend');
    expect(error.message).to.contain('refused part of the work');
    await model.trace({text: 'one', want: ['logits']});
    await model.close();
  });

  it('holds no more memory after 30 steps', async () => {
    const model = make();
    await model.train({...TINY_TRAINING, steps: 10, saveInterval: 5});
    await becomes(model, 'done');
    const before = memory() as WebGPUMemoryInfo;
    await model.train({steps: 40});
    await becomes(model, 'done');
    const after = memory() as WebGPUMemoryInfo;
    expect(after.numTensors).to.equal(before.numTensors);
    expect(after.numBytesInGPU).to.equal(before.numBytesInGPU);
    expect(after.numBytesAllocatedInGPU).to.equal(before.numBytesAllocatedInGPU);
    await model.close();
  });
});
