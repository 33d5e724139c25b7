import {expect} from '@open-wc/testing';
import {type Candidate, candidatesFor, measuredVariant, variantKey} from './measure-variants.js';
import {countCalls} from './testing/counts.js';
import {expectNoGpuErrors, testDevice} from './testing/gpu.js';
import {TINY} from './testing/training.js';
import {VARIANTS, variantFor} from './variant.js';

const SHAPE = {config: TINY, batchSize: 2};
const WIDTH = TINY.embDim;
const CPU: Candidate = {name: 'cpu', variant: VARIANTS.cpu, tolerance: 1e-3};
const HALF: Candidate = {name: 'half', variant: {...VARIANTS.cpu, stored: 'f16'}, tolerance: 2e-2};

function mapMemory() {
  const map = new Map<string, string>();
  return {
    map,
    get: async (key: string) => map.get(key),
    set: async (key: string, name: string) => void map.set(key, name),
  };
}

describe('measuring variants', () => {
  it('takes one that it measured, and remembers it', async () => {
    const device = await testDevice();
    const memory = mapMemory();
    const candidates = [CPU, HALF];
    const first = await measuredVariant(device, SHAPE, {memory, candidates});
    expect(candidates.map(({variant}) => variant)).include(first);
    const [[key, name]] = [...memory.map] as [[string, string]];
    expect(key).equal(variantKey(device, SHAPE, candidates));
    expect(candidates.find((candidate) => candidate.name === name)!.variant).equal(first);

    const counts = await countCalls(async () => {
      expect(await measuredVariant(device, SHAPE, {memory, candidates})).equal(first);
    });
    expect(counts.dispatches).equal(0);
    await expectNoGpuErrors();
  });

  it('believes what is remembered, but not a name that it does not know', async () => {
    const device = await testDevice();
    const candidates = [CPU, HALF];
    const memory = mapMemory();
    const key = variantKey(device, SHAPE, candidates);
    for (const {name, variant} of candidates) {
      memory.map.set(key, name);
      expect(await measuredVariant(device, SHAPE, {memory, candidates})).equal(variant);
    }
    memory.map.set(key, 'of an older release');
    await measuredVariant(device, SHAPE, {memory, candidates});
    expect(memory.map.get(key)).not.equal('of an older release');
  });

  it('refuses kernels whose gradient is off', async () => {
    const device = await testDevice();
    const strict = {...HALF, tolerance: 1e-7}; // 16 bits cannot be that good
    expect(await measuredVariant(device, SHAPE, {candidates: [strict, CPU]})).equal(VARIANTS.cpu);
    const none = await measuredVariant(device, SHAPE, {candidates: [strict, {...strict, name: 'other'}]});
    expect(none).deep.equal(variantFor(device, WIDTH));
  });

  it('leaves out what the device cannot compile, and does without a memory that fails', async () => {
    const adapter = (await navigator.gpu.requestAdapter())!;
    const device = await adapter.requestDevice(); // without subgroups
    const quads = {name: 'quads', variant: {...VARIANTS.quads}, tolerance: 1e-3};
    const broken = {
      get: () => Promise.reject(new Error('no storage')),
      set: () => Promise.reject(new Error('no storage')),
    };
    expect(await measuredVariant(device, SHAPE, {memory: broken, candidates: [quads, CPU]})).equal(
      VARIANTS.cpu,
    );
    device.destroy();
  });

  it('does not measure where there is no choice, as on adapters that compute on the CPU', async () => {
    const device = await testDevice();
    expect(candidatesFor(device, WIDTH)).length(1);
    const counts = await countCalls(async () => {
      expect(await measuredVariant(device, SHAPE)).equal(variantFor(device, WIDTH));
    });
    expect(counts.dispatches).equal(0);
    expect(candidatesFor(device, WIDTH, true).map(({variant}) => variant.stored)).deep.equal(['f16']);
  });

  it('takes small tiles for a narrow model on a CPU, and wide ones for a wide model', () => {
    const adapter = {adapterInfo: {description: 'SwiftShader'}, features: new Set(['subgroups'])} as never;
    expect(variantFor(adapter, 64).tile).equal('small quads');
    expect(variantFor(adapter, 768).tile).equal('wide quads');
    expect(variantFor(adapter).tile).equal('wide quads');
  });

  it('offers a graphics card tiles, quads and 16 bits, as far as it has subgroups', () => {
    const card = (features: string[]) =>
      ({
        adapterInfo: {vendor: 'acme', architecture: 'x', description: ''},
        features: new Set(features),
      }) as never;
    const tiles = (features: string[]) =>
      candidatesFor(card(features), WIDTH).map(({variant}) => variant.tile);
    expect(tiles(['subgroups'])).deep.equal(['workgroup', 'quads', 'workgroup', 'registers']);
    expect(tiles([])).deep.equal(['workgroup', 'registers']);
    const spreads = candidatesFor(card([]), WIDTH).map(({variant}) => variant.heads);
    expect(spreads).deep.equal(['alone', 'alone']);
  });
});
