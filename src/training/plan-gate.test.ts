import {expect} from '@open-wc/testing';
import {trainProgram} from '../webgpu/planner/train-program.js';
import {countCalls} from '../webgpu/testing/counts.js';
import {TINY} from '../webgpu/testing/training.js';
import {VARIANTS} from '../webgpu/variant.js';
import {hasPassed, rememberPassed, verdictKey} from './gate-memory.js';
import {checkTraining, checkWriting} from './plan-gate.js';

const variant = VARIANTS.cpu;
const DAY = 24 * 3600 * 1000;

function mapMemory() {
  const map = new Map<string, string>();
  return {
    map,
    get: async (key: string) => map.get(key),
    set: async (key: string, value: string) => void map.set(key, value),
  };
}

/** As on another visit. */
async function freshDevice(): Promise<GPUDevice> {
  return (await navigator.gpu.requestAdapter())!.requestDevice();
}

describe('the gate for planned kernels', () => {
  for (const [name, check] of Object.entries({checkTraining, checkWriting}))
    it(`remembers from visit to visit that they agree: ${name}`, async () => {
      const memory = mapMemory();
      const first = await countCalls(async () => check(await freshDevice(), {variant, memory}));
      expect(first.dispatches).to.be.above(0);
      expect(memory.map.size).to.equal(1);
      const second = await countCalls(async () => check(await freshDevice(), {variant, memory}));
      expect(second.dispatches).to.equal(0);
    });

  it('remembers no failure, neither as one nor as success', async () => {
    const memory = mapMemory();
    const device = await freshDevice();
    const make = device.createShaderModule.bind(device);
    device.createShaderModule = (descriptor) =>
      make({...descriptor, code: descriptor.code.replaceAll('0.044715', '0.4')}); // GELU’s constant
    const error = await checkTraining(device, {variant, memory}).catch((reason) => reason);
    expect(error.message).to.contain('differ from the reference');
    expect(memory.map.size).to.equal(0);
    const counts = await countCalls(async () => checkTraining(await freshDevice(), {variant, memory}));
    expect(counts.dispatches).to.be.above(0);
  });

  it('checks again where something else than the kernels failed', async () => {
    const device = await freshDevice();
    const create = device.createBuffer;
    device.createBuffer = () => {
      throw new RangeError('out of memory');
    };
    const error = await checkTraining(device, {variant}).catch((reason) => reason);
    expect(error).to.be.instanceOf(RangeError);
    device.createBuffer = create;
    const counts = await countCalls(() => checkTraining(device, {variant}));
    expect(counts.dispatches).to.be.above(0);
  });

  it('checks where nothing can be kept', async () => {
    const broken = {
      get: () => Promise.reject(new Error('no storage')),
      set: () => Promise.reject(new Error('no storage')),
    };
    const counts = await countCalls(async () =>
      checkTraining(await freshDevice(), {variant, memory: broken}),
    );
    expect(counts.dispatches).to.be.above(0);
  });
});

describe('what a verdict holds for', () => {
  const program = trainProgram({config: TINY, batchSize: 2, dropout: false, variant});
  const card = (architecture: string) => ({adapterInfo: {vendor: 'acme', architecture}}) as GPUDevice;

  it('is the adapter, the check, and all that is submitted', async () => {
    const key = await verdictKey(card('a'), 'training', [program]);
    expect(await verdictKey(card('a'), 'training', [program])).to.equal(key);
    const others = [
      await verdictKey(card('b'), 'training', [program]),
      await verdictKey(card('a'), 'writing', [program]),
    ];
    const spec = {config: TINY, batchSize: 2, dropout: false, variant};
    for (const other of [{batchSize: 3}, {variant: {...variant, stored: 'f16' as const}}, {dropout: true}])
      others.push(await verdictKey(card('a'), 'training', [trainProgram({...spec, ...other})]));
    const [first, ...rest] = program.dispatches;
    const changed = {...first!, kernel: {...first!.kernel, code: `${first!.kernel.code} `}};
    others.push(await verdictKey(card('a'), 'training', [{...program, dispatches: [changed, ...rest]}]));
    expect(new Set([key, ...others]).size).to.equal(1 + others.length);
  });

  it('is this browser', async () => {
    expect(await verdictKey(card('a'), 'training', [program])).to.contain(navigator.userAgent);
  });

  it('is the week after it: drivers change without a word', async () => {
    const memory = mapMemory();
    const now = Date.now();
    expect(await hasPassed(memory, 'key', now)).to.equal(false);
    await rememberPassed(memory, 'key', now);
    expect(await hasPassed(memory, 'key', now + 6 * DAY)).to.equal(true);
    expect(await hasPassed(memory, 'key', now + 8 * DAY)).to.equal(false);
    expect(await hasPassed(memory, 'key', now - DAY), 'a clock that was set back').to.equal(false);
    memory.map.set('key', 'quads');
    expect(await hasPassed(memory, 'key', now)).to.equal(false);
  });
});
