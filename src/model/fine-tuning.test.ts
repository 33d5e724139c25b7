import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {add, matMul, mul, setBackend, type Tensor2D, tensor1d, tensor2d, tidy} from '@tensorflow/tfjs-core';
import {normals} from '../math/rng.js';
import {classify, classLabels} from './classification.js';
import type {GPTConfig} from './config.js';
import {fineTuningLayout, learns} from './fine-tuning.js';
import {forward} from './gpt.js';
import {initialArena} from './init.js';
import {linear} from './linear.js';
import {initLora, type LoraOptions, loraScale, loraShapes, loraWeights, mergedWeight} from './lora.js';
import {IGNORE_INDEX} from './loss.js';
import {parameterLayout} from './parameters.js';
import {sliceArena, type Weights, weightsFrom} from './weights.js';

const CONFIG: GPTConfig = {
  vocabSize: 11,
  contextLength: 6,
  embDim: 8,
  nHeads: 2,
  nLayers: 2,
  dropRate: 0,
  qkvBias: true,
  tieWeights: true,
};
const TOKENS = {ids: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1), batchSize: 2, length: 6};
const LORA: LoraOptions = {rank: 3, alpha: 6, layers: ['attn.c_attn', 'mlp.c_proj']};

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe('fine-tuning', () => {
  before(() => setBackend('cpu'));

  const layout = fineTuningLayout(CONFIG, {classes: 3, lora: LORA});
  function freshArena() {
    const arena = new Float32Array(layout.length);
    arena.set(initialArena(CONFIG, 1));
    initLora(layout, arena, 2);
    return arena;
  }
  const weightsOf = (arena: Float32Array, of = layout): Weights =>
    weightsFrom(of, sliceArena(of, tensor1d(arena)));
  const logits = (arena: Float32Array, of = layout, lora?: LoraOptions) =>
    tidy(() => {
      const stored = weightsOf(arena, of);
      return forward(lora ? loraWeights(stored, CONFIG, lora) : stored, CONFIG, TOKENS).dataSync();
    });

  describe('LoRA', () => {
    it('changes nothing before it has learned', () => {
      const arena = freshArena();
      expect([...logits(arena, layout, LORA)]).deep.equal([...logits(arena)]);
    });

    it('adds (α / r) x A B to a layer', () =>
      tidy(() => {
        const arena = freshArena();
        const learned = normals(arena.length, 0, 0.3, 5);
        const weights = weightsOf(learned);
        const name = 'h.1.attn.c_attn';
        const x = tensor2d(normals(5 * 8, 0, 1, 6), [5, 8]);
        const adapted = linear(x, loraWeights(weights, CONFIG, LORA)(`${name}.weight`));
        const low = matMul(x, weights(`${name}.lora_A`) as Tensor2D);
        const change = matMul(low, weights(`${name}.lora_B`) as Tensor2D);
        const expected = add(linear(x, weights(`${name}.weight`)), mul(change, loraScale(LORA)));
        expect(largest(adapted.dataSync(), expected.dataSync())).below(1e-5);
        expect(loraScale(LORA)).equal(2);
      }));

    it('can be added to the matrices for good', async () => {
      const arena = freshArena();
      for (const {name, offset, size} of layout.slots)
        if (name.endsWith('lora_B')) arena.set(normals(size, 0, 0.5, offset), offset);
      const adapted = logits(arena, layout, LORA);
      expect(largest(adapted, logits(arena))).above(1e-3);
      const numbers = (name: string) => {
        const {offset, size} = layout.slots.find((slot) => slot.name === name)!;
        return arena.slice(offset, offset + size);
      };
      const plain = parameterLayout(CONFIG);
      const merged = new Float32Array(plain.length);
      for (const {name, offset} of plain.slots)
        merged.set(await mergedWeight(name, CONFIG, LORA, numbers), offset);
      expect(largest(adapted, logits(merged, plain))).below(1e-5);
    });

    it('adapts the chosen layers of every block, and learns alone', () => {
      const names = loraShapes(CONFIG, LORA).map(([name]) => name);
      expect(names.slice(0, 4)).deep.equal([
        'h.0.attn.c_attn.lora_A',
        'h.0.attn.c_attn.lora_B',
        'h.0.mlp.c_proj.lora_A',
        'h.0.mlp.c_proj.lora_B',
      ]);
      const learning = layout.slots.filter(({name}) => learns(name, {classes: 3, lora: LORA}));
      expect(learning.map(({name}) => name)).have.members([...names, 'score.weight']);
      expect(() => loraShapes(CONFIG, {rank: 0, alpha: 1})).throw(RangeError, 'rank');
    });
  });

  describe('a classifier', () => {
    const lengths = [6, 2];
    const scores = (tokens: typeof TOKENS) =>
      tidy(() => {
        const arena = freshArena();
        const score = layout.slots.find(({name}) => name === 'score.weight')!;
        arena.set(normals(score.size, 0, 1, 9), score.offset);
        const result = classify(weightsOf(arena), CONFIG, tokens, lengths);
        expect(result.shape).deep.equal([2, 3]);
        return result.dataSync();
      });

    it('looks at a text’s last real token, whatever pads it', () => {
      const padded = {...TOKENS, ids: TOKENS.ids.slice()};
      padded.ids.fill(0, 6 + lengths[1]!);
      expect(largest(scores(padded), scores(TOKENS))).equal(0);
      const other = {...TOKENS, ids: TOKENS.ids.slice()};
      other.ids[7] = 3; // the second row's last real token
      expect(largest(scores(other), scores(TOKENS))).above(1e-3);
    });

    it('has its labels at those tokens', () => {
      const x = IGNORE_INDEX;
      expect([...classLabels([2, 0], lengths, TOKENS)]).deep.equal([x, x, x, x, x, 2, x, 0, x, x, x, x]);
      expect(() => classLabels([2, 0], [6, 0], TOKENS)).throw(RangeError, '1 to 6');
      expect(() => classLabels([2, 0], [7, 1], TOKENS)).throw(RangeError, '7 real tokens');
    });
  });
});
