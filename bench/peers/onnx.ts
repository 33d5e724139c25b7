/** Decoding by ONNX Runtime Web: greedy, with a KV cache that stays where the model runs; the logits of each token come back. */
import {env, InferenceSession, Tensor} from 'onnxruntime-web/webgpu';
import {CONFIG} from '../measure/config.js';
import {onnxGpt} from './onnx-model.js';

const {embDim: C, nHeads: H, nLayers: L} = CONFIG;
const CACHES = Array.from({length: L}, (_, n) => [`key.${n}`, `value.${n}`]).flat();

const integer = (value: number) => new Tensor('int64', [BigInt(value)], [1]);
const shortInteger = (value: number) => new Tensor('int32', [value], [1]);

/** @returns a function that writes `count` tokens after `first` */
export async function openOnnx(
  provider: 'webgpu' | 'wasm',
): Promise<(first: number, count: number) => Promise<number[]>> {
  env.wasm.wasmPaths = '/ort/';
  env.wasm.numThreads = 1; // more need a cross-origin isolated page
  const session = await InferenceSession.create(onnxGpt(CONFIG), {
    executionProviders: [provider],
    ...(provider === 'webgpu' && {
      preferredOutputLocation: Object.fromEntries(
        CACHES.map((name) => [`next.${name}`, 'gpu-buffer' as const]),
      ),
    }),
  });
  return async (first, count) => {
    let caches = new Map<string, Tensor>(
      CACHES.map((name) => [name, new Tensor('float32', new Float32Array(0), [1, H, 0, C / H])]),
    );
    const written: number[] = [];
    let id = first;
    for (let position = 0; position < count; position++) {
      const result = await session.run({
        id: integer(id),
        position: integer(position),
        length: shortInteger(position),
        total: shortInteger(position + 1),
        ...Object.fromEntries(caches),
      });
      for (const used of caches.values()) used.dispose();
      caches = new Map(CACHES.map((name) => [name, result[`next.${name}`]! as Tensor]));
      const logits = result.logits!.data as Float32Array;
      id = logits.indexOf(Math.max(...logits));
      written.push(id);
    }
    for (const used of caches.values()) used.dispose();
    return written;
  };
}
