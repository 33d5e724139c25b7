import {expect} from '@open-wc/testing';
import {memory, tidy} from '@tensorflow/tfjs-core';
import {openFolder} from '../checkpoint/hugging-face/open-folder.js';
import {GOLDEN_FOLDERS} from '../checkpoint/testing/golden-folders.js';
import {normalizeConfig} from '../model/config.js';
import {forward} from '../model/gpt.js';
import {initialArena} from '../model/init.js';
import {MatrixInMemory, timesPacked} from '../model/packed-matrix.js';
import {parameterLayout, readArena} from '../model/parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from '../model/testing/backends.js';
import {largestDifference} from '../model/testing/golden.js';
import {singleSequence} from '../model/tokens.js';
import {sourceOf, type WeightSource} from '../model/weight-source.js';
import type {PackedMatrix} from '../model/weights.js';
import {DEFAULT_TRAINING} from './options.js';
import {TrainingSession} from './session.js';
import {LanguageTask} from './tasks/language.js';

const [folder] = GOLDEN_FOLDERS.filter(({name}) => name.includes('untied, float32'));

/** Yields every weight in slices of a few numbers, as a large file would. */
function inSlices(source: WeightSource, length: number): WeightSource {
  return {
    async *slices(signal) {
      for await (const {name, shape, numbers} of source.slices(signal))
        for (let first = 0; first < numbers.length; first += length)
          yield {name, shape, first, numbers: numbers.slice(first, first + length)};
    },
  };
}

async function sourceOfFolder({files}: (typeof GOLDEN_FOLDERS)[number]) {
  const {config, slices} = await openFolder(files);
  const source: WeightSource = {
    async *slices() {
      for await (const {tensor, first, numbers} of slices())
        if (numbers) yield {name: tensor.model, shape: tensor.shape, first, numbers};
    },
  };
  return {config, source};
}

async function load(golden: (typeof GOLDEN_FOLDERS)[number], dtype: 'float16' | 'float32') {
  const {config, source} = await sourceOfFolder(golden);
  const {contextLength, vocabSize} = config;
  const tokens = Int32Array.from({length: 3 * contextLength}, (_, i) => i % vocabSize);
  const task = new LanguageTask({trainTokens: tokens, validationTokens: tokens, contextLength, seed: 0});
  const options = {...DEFAULT_TRAINING, batchSize: 2};
  return TrainingSession.load({config, source: inSlices(source, 6), dtype, task, options, seed: 0});
}

/** Logits [B, T, V] of equally long sequences. */
async function logitsOf({arenas, config}: TrainingSession, ids: readonly number[][]): Promise<number[]> {
  const all: number[] = [];
  for (const sequence of ids) {
    const logits = tidy(() => forward(arenas.weights(), config, singleSequence(sequence)));
    all.push(...(await logits.data()));
    logits.dispose();
  }
  return all;
}

const largestOf = (numbers: Iterable<number>) => Math.max(...Array.from(numbers, Math.abs));

describe('weights in 16 bits', () => {
  for (const name of BACKENDS)
    describe(`on ${name}`, () => {
      before(() => useBackend(name));
      afterEach(checkGPUErrors);

      for (const golden of GOLDEN_FOLDERS.filter(({name: of}) => name === 'cpu' || of.includes('float32')))
        it(`give PyTorch’s logits within 2 in 100 of the largest (${golden.name})`, async () => {
          const session = await load(golden, 'float16');
          const logits = await logitsOf(session, golden.ids);
          expect(largestDifference(logits, golden.logits)).to.be.below(2e-2 * largestOf(golden.logits));
          session.dispose();
        });

      it('say by how much they were rounded, leak nothing, and are freed', async () => {
        const before = memory().numTensors;
        const session = await load(folder!, 'float16');
        const {rounding} = session.arenas.held;
        expect(rounding!.relative).to.be.within(1e-5, 2 ** -11);
        expect(rounding!.largest).to.be.within(1e-6, 1e-2);
        await logitsOf(session, folder!.ids); // makes what stays
        const between = memory().numTensors;
        const [first, second] = [await logitsOf(session, folder!.ids), await logitsOf(session, folder!.ids)];
        expect(first).to.deep.equal(second);
        const {logits} = await session.attribution(folder!.ids[0]!, [1, 2]);
        const V = session.config.vocabSize;
        const last = first.slice((folder!.ids[0]!.length - 1) * V, folder!.ids[0]!.length * V);
        expect(largestDifference(logits, [last[1]!, last[2]!])).to.be.below(1e-5);
        expect(memory().numTensors).to.equal(between);
        session.dispose();
        expect(memory().numTensors).to.equal(before);
      });

      it('are read by name, within a rounding of those of the file', async () => {
        const {source} = await sourceOfFolder(folder!);
        const [half, wide] = [await load(folder!, 'float16'), await load(folder!, 'float32')];
        const [rounded, exact] = [await half.weights(), await wide.weights()];
        for await (const {name: of, numbers} of source.slices()) {
          expect(exact.get(of)!.data, of).to.deep.equal(numbers);
          const {data, shape} = rounded.get(of)!;
          if (shape.length === 1) expect(data, of).to.deep.equal(numbers);
          else
            for (const [i, number] of numbers.entries())
              expect(Math.abs(data[i]! - number)).to.be.at.most(2 ** -11 * Math.abs(number) + 2 ** -25);
        }
        half.dispose();
        wide.dispose();
      });

      it('are evaluated, traced and written with, and refuse to be trained', async () => {
        const [half, wide] = [await load(folder!, 'float16'), await load(folder!, 'float32')];
        wide.options = {...wide.options, kernels: 'reference'};
        const [a, b] = [await half.evaluate({batches: 1}), await wide.evaluate({batches: 1})];
        expect(a.train!.loss).to.be.closeTo(b.train!.loss!, 1e-2);
        const [ids] = folder!.ids as [number[]];
        const want = ['embed', 'h.*.attn.probs', 'logits'];
        const [traced, truth] = [await half.trace(ids, want), await wide.trace(ids, want)];
        expect([...traced.keys()]).to.deep.equal([...truth.keys()]);
        for (const [place, {data}] of traced)
          expect(largestDifference(data, truth.get(place)!.data), place).to.be.below(
            2e-2 * Math.max(1, largestOf(truth.get(place)!.data)),
          );
        const written: number[] = [];
        for await (const {id} of half.generate(ids, {maxNewTokens: 3, temperature: 0})) written.push(id);
        expect(written).to.have.lengthOf(3);
        const attempts = [() => half.step(), () => half.setWeights([]), async () => half.reset()];
        for (const attempt of attempts) {
          const error = await attempt().catch((reason: Error) => reason);
          expect((error as Error).message)
            .to.contain('held in 16 bits')
            .and.to.contain('dtype="float32"');
        }
        expect(await logitsOf(half, folder!.ids), 'unchanged').to.have.length.above(0);
        half.dispose();
        wide.dispose();
      });

      it('refuse a number that 16 bits cannot hold, and free what was read', async () => {
        const before = memory().numTensors;
        const {config, source} = await sourceOfFolder(folder!);
        const huge: WeightSource = {
          async *slices() {
            for await (const slice of source.slices()) {
              if (slice.name === 'wpe.weight') slice.numbers[3] = 1e6;
              yield slice;
            }
          },
        };
        const task = new LanguageTask({
          trainTokens: new Int32Array(100),
          validationTokens: new Int32Array(),
          contextLength: config.contextLength,
          seed: 0,
        });
        const error = await TrainingSession.load({
          config,
          source: huge,
          dtype: 'float16',
          task,
          options: DEFAULT_TRAINING,
          seed: 0,
        }).catch((reason) => reason);
        expect(error.message).to.contain('“wpe.weight” holds 1000000, which 16 bits cannot');
        expect(memory().numTensors).to.equal(before);
      });
    });

  it('write on planned kernels what the reference writes from them', async () => {
    await useBackend('webgpu');
    const config = normalizeConfig({
      ...{vocabSize: 13, contextLength: 16, embDim: 16, nHeads: 2, nLayers: 2},
      ...{tieWeights: true, qkvBias: true},
    });
    const arena = initialArena(config, 1).map((value, i) => 6 * value + 0.1 * Math.sin(i));
    const tokens = Int32Array.from({length: 40}, (_, i) => i % 13);
    const session = await TrainingSession.load({
      config,
      source: sourceOf(readArena(parameterLayout(config), arena)),
      dtype: 'float16',
      task: new LanguageTask({trainTokens: tokens, validationTokens: tokens, contextLength: 16, seed: 0}),
      options: DEFAULT_TRAINING,
      seed: 0,
    });
    const write = async (kernels: 'auto' | 'reference', promptIds: number[], temperature: number) => {
      session.options = {...DEFAULT_TRAINING, kernels};
      expect(session.writer.kernels).to.equal(kernels === 'auto' ? 'plan' : 'reference');
      const list = [];
      for await (const token of session.generate(promptIds, {maxNewTokens: 6, temperature, seed: 3}))
        list.push(token);
      expect(session.writer.kernels, 'not refused').to.equal(kernels === 'auto' ? 'plan' : 'reference');
      return list;
    };
    // Read token by token; read at once; past the end of the context.
    for (const promptIds of [[3], [1, 2, 3, 4, 5, 6, 7, 8], Array.from({length: 14}, (_, i) => (5 * i) % 13)])
      for (const temperature of [0, 1]) {
        const [planned, truth] = [
          await write('auto', promptIds, temperature),
          await write('reference', promptIds, temperature),
        ];
        expect(planned.map(({id}) => id)).to.deep.equal(truth.map(({id}) => id));
        for (const [n, {probability}] of planned.entries())
          expect(probability).to.be.closeTo(truth[n]!.probability, 1e-5);
      }
    session.dispose();
    await checkGPUErrors();
  });

  it('multiply in pieces as at once', async () => {
    await useBackend('cpu');
    const [rows, columns] = [21, 2 ** 20];
    const matrix = new MatrixInMemory([rows, columns], 'float16');
    const one = 0x3c00;
    matrix.write(
      0,
      Uint16Array.from({length: rows * columns}, (_, i) => (i % columns === 5 ? one : 0)),
    );
    const calls: number[] = [];
    const watched: PackedMatrix = {
      shape: matrix.shape,
      take: (ids) => matrix.take(ids),
      slice(first, count) {
        calls.push(count);
        return matrix.slice(first, count);
      },
    };
    const x = tidy(() => matrix.slice(0, 1));
    const product = tidy(() => timesPacked(x, watched));
    expect([...(await product.data())]).to.deep.equal(Array.from({length: rows}, () => 1));
    expect(calls).to.deep.equal([8, 8, 5]);
    x.dispose();
    product.dispose();
  });
});
