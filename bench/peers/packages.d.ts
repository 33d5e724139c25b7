// biome-ignore-all lint/suspicious/noExplicitAny: the point of this file
// The peers' packages are installed by `npm run bench` only. With these declarations the bench's types can be checked
// without them.
declare module 'onnxruntime-web/webgpu' {
  export type Tensor = any;
  export const env: any, InferenceSession: any, Tensor: any;
}
declare module '@jax-js/jax' {
  export type Array = any;
  export const defaultDevice: any, init: any, jit: any, nn: any, numpy: any, tree: any, valueAndGrad: any;
}
declare module '*/@genai-fi/nanogpt/dist/backend.js';
declare module '*/@genai-fi/nanogpt/dist/models/NanoGPTV1.js';
declare module '*/@genai-fi/nanogpt/dist/training/BasicTrainer.js' {
  export default class BasicTrainer {
    constructor(...args: any[]);
    trainStep(...args: any[]): any;
  }
}
