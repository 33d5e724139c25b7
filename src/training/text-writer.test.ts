import {expect} from '@open-wc/testing';
import {normalizeConfig} from '../model/config.js';
import {initialArena} from '../model/init.js';
import {candidatesFor, variantKey} from '../webgpu/measure-variants.js';
import {bufferOf} from '../webgpu/testing/gpu.js';
import {TextWriter} from './text-writer.js';

const config = normalizeConfig({
  vocabSize: 11,
  contextLength: 8,
  embDim: 16,
  nHeads: 2,
  nLayers: 1,
  tieWeights: true,
});
const BATCH_SIZE = 4;
const NEVER = () => {
  throw new Error('The plan should have written, not the reference.');
};
/** Long enough to be read by the forward pass of training, whose kernels the variants are about. */
const PROMPT = [1, 2, 3, 4, 5, 6];

/** This adapter, under the name of a graphics card: several variants are then worth a try. Notes the kernels it is given. */
async function asCard(): Promise<{device: GPUDevice; kernels: Map<string, string>}> {
  const adapter = (await navigator.gpu.requestAdapter())!;
  const device = await adapter.requestDevice();
  Object.defineProperty(device, 'adapterInfo', {value: {vendor: 'acme', architecture: 'x', description: ''}});
  const kernels = new Map<string, string>();
  const make = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => {
    kernels.set(descriptor.label!, descriptor.code);
    return make(descriptor);
  };
  return {device, kernels};
}

/** Writes a little, and gives the ids and the kernels that it took. */
async function write(remember: (device: GPUDevice) => [key: string, name: string][]) {
  const {device, kernels} = await asCard();
  const known = new Map(remember(device));
  const memory = {
    get: async (key: string) => known.get(key),
    set: async (key: string, name: string) => void known.set(key, name),
  };
  const theta = bufferOf(device, initialArena(config, 1));
  const weights = {buffers: () => ({theta}), flush: () => {}};
  const writer = new TextWriter({
    config,
    getWeights: NEVER,
    gpu: {device, weights, memory},
    options: () => ({kernels: 'auto', batchSize: BATCH_SIZE, precision: 'float32'}),
  });
  const ids: number[] = [];
  for await (const tokens of writer.write(PROMPT, {maxNewTokens: 2, temperature: 0}))
    ids.push(...tokens.map(({id}) => id));
  writer.dispose();
  device.destroy();
  return {ids, kernels, known};
}

describe('planned writing', () => {
  it('takes the kernels that training found to be the quickest, and never measures', async () => {
    const usual = await write(() => []);
    const product = usual.kernels.get('linear forward')!;
    expect(product, 'the usual product of a graphics card').to.contain('workgroupBarrier');
    const measured = [...usual.known.keys()].filter((key) => !key.startsWith('agrees'));
    expect(measured).to.deep.equal([]);
    expect([...usual.kernels.keys()].join()).not.to.contain('backward');

    const remembering = await write((device) => {
      const key = variantKey(device, {config, batchSize: BATCH_SIZE}, candidatesFor(device, config.embDim));
      return [[key, 'registers']];
    });
    expect(remembering.kernels.get('linear forward')).not.to.contain('workgroupBarrier');
    expect([...remembering.kernels.keys()].join()).not.to.contain('backward');
    expect(remembering.ids).to.deep.equal(usual.ids);
  });

  it('leaves a text with interventions to the reference', async () => {
    const {device} = await asCard();
    const theta = bufferOf(device, initialArena(config, 1));
    const writer = new TextWriter({
      config,
      getWeights: NEVER,
      gpu: {device, weights: {buffers: () => ({theta}), flush: () => {}}},
      options: () => ({kernels: 'auto', batchSize: BATCH_SIZE, precision: 'float32'}),
    });
    const interventions = [{at: 'h.0.mlp.out', change: 'zero'}] as const;
    const text = writer.write(PROMPT, {maxNewTokens: 1, interventions});
    const error = await text.next().catch((error: Error) => error);
    expect((error as Error).message).to.contain('not the reference');
    writer.dispose();
    device.destroy();
  });
});
