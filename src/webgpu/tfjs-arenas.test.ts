import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-backend-webgpu';
import {add, backend, setBackend, tensor1d, tidy, variable} from '@tensorflow/tfjs-core';
import {countCalls} from './testing/counts.js';
import {randomArena, randomBatch, SETTINGS, TINY} from './testing/training.js';
import {tfjsArenas} from './tfjs-arenas.js';
import {TrainPlan} from './train-plan.js';

describe('a plan on tfjs variables', () => {
  after(() => setBackend('cpu'));

  it('changes what tfjs reads, follows assignments, and submits once a step', async () => {
    await setBackend('webgpu');
    const gpu = backend() as WebGPUBackend;
    const errors: string[] = [];
    gpu.device.addEventListener('uncapturederror', ({error}) => errors.push(error.message));

    const numbers = randomArena(TINY);
    const arena = (values: Float32Array) => tidy(() => variable(tensor1d(values), false));
    const zeros = new Float32Array(numbers.length);
    const variables = {theta: arena(numbers), m: arena(zeros), v: arena(zeros)};
    const arenas = tfjsArenas(gpu, variables);
    const plan = await TrainPlan.create({device: gpu.device, config: TINY, batchSize: 2, arenas});
    const batch = randomBatch(TINY, 2);

    const before = await variables.theta.data(); // tfjs now has a copy of its own
    const first = await plan.stepAndReport(batch, SETTINGS);
    const after = (await variables.theta.data()) as Float32Array;
    expect(after).not.deep.equal(before);

    // Assigned to, by way of a kernel that tfjs has not submitted yet
    const half = tensor1d(numbers.map((value) => value / 2));
    variables.theta.assign(tidy(() => add(half, half)));
    variables.m.assign(tensor1d(zeros));
    variables.v.assign(tensor1d(zeros));
    const again = await plan.stepAndReport(batch, SETTINGS);
    expect(again).deep.equal(first);
    expect(await variables.theta.data()).deep.equal(after);

    const steady = await countCalls(() => plan.step(batch, {...SETTINGS, step: 2}));
    expect(steady.submits).equal(1);
    expect(steady.bindGroups).equal(0);
    await gpu.device.queue.onSubmittedWorkDone();
    expect(errors).deep.equal([]);
    plan.dispose();
    for (const held of [...Object.values(variables), half]) held.dispose();
  });
});
