/**
 * The bench's GPT as an ONNX graph that reads one token and keeps a KV cache, as language models for ONNX Runtime are exported: attention is
 * its fused GroupQueryAttention. The same weights as every contestant's.
 */
import type {GPTConfig} from '../../src/model/config.js';
import {initialWeights} from './initial-weights.js';
import {OnnxGraph} from './onnx-format.js';

/** Inputs: `id` and `position` [1] int64, `length` [1] int32 (tokens so far, less one), `total` int32, `key.n` and `value.n`. */
export function onnxGpt({embDim: C, nHeads: H, nLayers: L, vocabSize: V}: GPTConfig): Uint8Array {
  const graph = new OnnxGraph();
  for (const {name, shape, data} of initialWeights()) graph.weight(name, shape, data);
  const one = (operation: string, inputs: string[], attributes = {}) =>
    graph.node(operation, inputs, attributes)[0]!;
  const norm = (x: string, name: string) =>
    one('LayerNormalization', [x, `${name}.weight`, `${name}.bias`], {epsilon: {float: 1e-5}});
  const linear = (x: string, name: string) =>
    one('Add', [one('MatMul', [x, `${name}.weight`]), `${name}.bias`]);

  graph.input('id', 'int64', [1]);
  graph.input('position', 'int64', [1]);
  graph.input('length', 'int32', [1]);
  graph.input('total', 'int32', [1]);
  graph.sizes('row', [1, 1, C]);
  graph.sizes('three', [C, C, C]);

  let x = one('Add', [one('Gather', ['wte.weight', 'id']), one('Gather', ['wpe.weight', 'position'])]);
  x = one('Reshape', [x, 'row']); // [1, 1, C]
  for (let n = 0; n < L; n++) {
    const cache = (name: string) => graph.input(`${name}.${n}`, 'float', [1, H, 'past', C / H]);
    const next = (name: string) => graph.output(`next.${name}.${n}`, 'float', [1, H, 'present', C / H]);
    const qkv = linear(norm(x, `h.${n}.ln_1`), `h.${n}.attn.c_attn`); // [1, 1, 3C]
    const [q, k, v] = graph.node(
      'Split',
      [qkv, 'three'],
      {axis: 2},
      {outputs: [`q.${n}`, `k.${n}`, `v.${n}`]},
    );
    const [mixed] = graph.node(
      'GroupQueryAttention',
      [q!, k!, v!, cache('key'), cache('value'), 'length', 'total'],
      {num_heads: H, kv_num_heads: H},
      {outputs: [`mixed.${n}`, next('key'), next('value')], domain: 'com.microsoft'},
    );
    x = one('Add', [x, linear(mixed!, `h.${n}.attn.c_proj`)]);
    const hidden = one('Gelu', [linear(norm(x, `h.${n}.ln_2`), `h.${n}.mlp.c_fc`)], {approximate: 'tanh'});
    x = one('Add', [x, linear(hidden, `h.${n}.mlp.c_proj`)]);
  }
  const head = one('Transpose', ['lm_head.weight']); // [C, V]; folded when the model is loaded
  graph.node('MatMul', [norm(x, 'ln_f'), head], {}, {outputs: [graph.output('logits', 'float', [1, 1, V])]});
  return graph.model();
}
