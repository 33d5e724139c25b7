/** The yardstick for a whole step: the best rate of a plain matrix product on this adapter, by this library's own kernels. */
import {Executor} from '../../../src/webgpu/executor.js';
import {linearForward, linearForwardGroups} from '../../../src/webgpu/kernels/linear-forward.js';
import {ProgramBuilder} from '../../../src/webgpu/program.js';
import type {Tile} from '../../../src/webgpu/wgsl/matrix-product.js';
import {timed} from './timing.js';

/** [rows, inner, columns]: as in a step of the bench's model, and large enough to fill a graphics card. */
export const SMALL_PRODUCTS = [
  [512, 128, 512],
  [512, 512, 512],
] as const;
export const LARGE_PRODUCTS = [
  [2048, 2048, 2048],
  [4096, 1024, 4096],
] as const;

export class Products {
  private constructor(
    private readonly device: GPUDevice,
    private readonly products: {executor: Executor; flops: number}[],
  ) {}

  static async create(
    device: GPUDevice,
    shapes: readonly (readonly [number, number, number])[],
  ): Promise<Products> {
    const products = [];
    for (const tile of ['registers', 'workgroup'] as const)
      for (const [rows, inner, columns] of shapes) {
        const executor = await prepare(device, tile, rows, inner, columns);
        products.push({executor, flops: 2 * rows * inner * columns});
      }
    return new Products(device, products);
  }

  /** The best of all products, each computed `times` times in one submission: FLOP/s. */
  async best(times: number): Promise<number> {
    let best = 0;
    for (const {executor, flops} of this.products) {
      const encoder = this.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (let i = 0; i < times; i++) executor.encode(pass);
      pass.end();
      const ms = await timed(() => {
        this.device.queue.submit([encoder.finish()]);
        return this.device.queue.onSubmittedWorkDone();
      });
      best = Math.max(best, (1000 * times * flops) / ms);
    }
    return best;
  }

  dispose(): void {
    for (const {executor} of this.products) executor.dispose();
  }
}

async function prepare(device: GPUDevice, tile: Tile, rows: number, inner: number, columns: number) {
  const builder = new ProgramBuilder();
  const part = (name: string, words: number) => builder.buffer(name, words);
  builder.dispatch({
    label: 'product',
    kernel: linearForward({tile}),
    buffers: {
      a: part('a', rows * inner),
      pre: part('pre', 4),
      weight: part('weight', inner * columns),
      bias: part('bias', columns),
      y: part('y', rows * columns),
    },
    sizes: {rows, inner4: inner / 4, columns4: columns / 4, gelu: 0},
    groups: linearForwardGroups(tile, rows, columns),
  });
  const executor = await Executor.prepare(device, builder.build());
  executor.bind({});
  return executor;
}
