import {expect} from '@open-wc/testing';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend, memory} from '@tensorflow/tfjs-core';
import {normalizeConfig} from '../model/config.js';
import {initialArena} from '../model/init.js';
import type {WeightDtype} from '../model/memory.js';
import {parameterLayout, readArena} from '../model/parameters.js';
import {rowParts} from '../model/row-parts.js';
import {checkGPUErrors, useBackend, useFreshDevice} from '../model/testing/backends.js';
import {largestDifference} from '../model/testing/golden.js';
import {sourceOf} from '../model/weight-source.js';
import {largestPiece} from './matrix-on-gpu.js';
import {DEFAULT_TRAINING} from './options.js';
import {TrainingSession} from './session.js';
import {LanguageTask} from './tasks/language.js';

const VOCABULARY = 200;
/** Of each part of the table of tokens: its first token, its last, and one between. */
const PROMPT = [0, 63, 64, 100, 127, 128, 191, 192, 199, 5];
/** Bytes that hold 64 rows of the table, and every other matrix whole. */
const PIECE_BYTES = {float16: 2100, float32: 4200};

function configOf(tieWeights: boolean) {
  return normalizeConfig({
    ...{vocabSize: VOCABULARY, contextLength: 16, embDim: 16, nHeads: 2, nLayers: 2},
    ...{tieWeights, qkvBias: true},
  });
}

function load(tieWeights: boolean, dtype: WeightDtype, pieceBytes: number): Promise<TrainingSession> {
  const config = configOf(tieWeights);
  const arena = initialArena(config, 1).map((value, i) => 6 * value + 0.1 * Math.sin(i));
  const tokens = Int32Array.from({length: 60}, (_, i) => (7 * i) % VOCABULARY);
  return TrainingSession.load({
    ...{config, dtype, pieceBytes, options: {...DEFAULT_TRAINING, batchSize: 2}, seed: 0},
    source: sourceOf(readArena(parameterLayout(config), arena)),
    task: new LanguageTask({trainTokens: tokens, validationTokens: tokens, contextLength: 16, seed: 0}),
  });
}

/** Everything that reads the table. */
async function readingsOf(session: TrainingSession): Promise<Map<string, ArrayLike<number>>> {
  const trace = await session.trace(PROMPT, ['embed.token', 'logits']);
  const {logits} = await session.attribution(PROMPT, [3, 70, 199]);
  const [lens] = await session.lens(PROMPT, {count: 3});
  const {train} = await session.evaluate({batches: 1});
  return new Map([
    ...[...trace].map(([name, {data}]): [string, ArrayLike<number>] => [name, data]),
    ['attribution', logits],
    ['lens', lens!.likeliest.flat().map(({probability}) => probability)],
    ['loss', [train!.loss!]],
    ...[...(await session.weights())].map(([name, {data}]): [string, ArrayLike<number>] => [name, data]),
  ]);
}

async function write(session: TrainingSession, kernels: 'auto' | 'reference', promptIds: number[]) {
  session.options = {...session.options, kernels};
  const tokens = [];
  for await (const token of session.generate(promptIds, {maxNewTokens: 6, temperature: 1, seed: 3}))
    tokens.push(token);
  expect(session.writer.kernels).to.equal(kernels === 'auto' ? 'plan' : 'reference');
  return tokens;
}

describe('a table of tokens in parts', () => {
  it('has as few of them as a device’s largest binding allows', () => {
    const xl = {name: 'wte.weight', shape: [50257, 1600]};
    expect(rowParts(xl, 2, 128 * 2 ** 20)).to.deep.equal([
      {name: 'wte.weight, rows 0 to 41919', first: 0, rows: 41920},
      {name: 'wte.weight, rows 41920 to 50256', first: 41920, rows: 8337},
    ]);
    expect(rowParts(xl, 2, 2 ** 28)).to.deep.equal([{name: 'wte.weight', first: 0, rows: 50257}]);
  });

  describe('on a device with WebGPU’s default limits', () => {
    before(async () => {
      await useFreshDevice({}); // requestDevice without limits
      const {maxStorageBufferBindingSize, maxBufferSize} = (backend() as WebGPUBackend).device.limits;
      expect([maxStorageBufferBindingSize, maxBufferSize]).to.deep.equal([2 ** 27, 2 ** 28]);
      expect(largestPiece()).to.equal(2 ** 27);
    });
    afterEach(checkGPUErrors);
    after(() => useFreshDevice());

    for (const [dtype, tied] of [
      ['float16', true],
      ['float32', false],
    ] as const)
      it(`gives what it gives in one piece (${dtype}, ${tied ? 'tied' : 'untied'} head)`, async () => {
        const before = memory().numTensors;
        const [whole, parts] = [
          await load(tied, dtype, Number.POSITIVE_INFINITY),
          await load(tied, dtype, PIECE_BYTES[dtype]),
        ];
        const {readOnly} = parts.arenas;
        expect(parts.arenas.isCut).to.equal(dtype === 'float32');
        const buffers = Object.keys(readOnly?.matrixBuffers() ?? parts.arenas.weightVariables());
        if (readOnly) {
          expect(buffers.filter((name) => name.startsWith('wte.weight'))).to.have.length(4);
          expect(buffers.filter((name) => name.startsWith('lm_head'))).to.have.length(tied ? 0 : 4);
        } else expect(buffers.length).to.be.above(8);
        const truth = await readingsOf(whole);
        for (const [name, numbers] of await readingsOf(parts))
          expect(largestDifference(numbers, truth.get(name)!), name).to.be.below(1e-4);
        // Read token by token; read at once, and past the end of the context. With the kept keys and values of both kinds of kernels.
        for (const promptIds of [[130], [...PROMPT, 64, 65, 66, 190]]) {
          const expected = await write(whole, 'reference', promptIds);
          for (const kernels of ['auto', 'reference'] as const) {
            const tokens = await write(parts, kernels, promptIds);
            expect(tokens.map(({id}) => id)).to.deep.equal(expected.map(({id}) => id));
            for (const [n, {probability}] of tokens.entries())
              expect(probability).to.be.closeTo(expected[n]!.probability, 1e-4);
          }
        }
        whole.dispose();
        parts.dispose();
        expect(memory().numTensors).to.equal(before);
      });
  });

  it('needs no parts without a GPU, where matrices lie in the page’s own memory', async () => {
    await useBackend('cpu');
    const [whole, parts] = [
      await load(true, 'float32', Number.POSITIVE_INFINITY),
      await load(true, 'float32', PIECE_BYTES.float32),
    ];
    expect(parts.arenas.readOnly).to.be.an('object');
    const truth = await readingsOf(whole);
    for (const [name, numbers] of await readingsOf(parts))
      expect(largestDifference(numbers, truth.get(name)!), name).to.be.below(1e-4);
    whole.dispose();
    parts.dispose();
  });

  it('is read from a file and not trained by the reference, and says what to do', async () => {
    await useBackend('cpu');
    const session = await load(true, 'float32', PIECE_BYTES.float32);
    for (const attempt of [() => session.step(), () => session.setWeights([]), async () => session.reset()]) {
      const error = await attempt().catch((reason: Error) => reason);
      expect((error as Error).message).to.contain('more than this device gives in one piece');
    }
    session.dispose();
  });
});
