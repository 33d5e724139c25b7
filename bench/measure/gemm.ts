/** The yardstick for a whole step: the best rate of a plain matrix product on this adapter, by this library's own kernels, in all their variants. */
import {Executor} from '../../src/webgpu/executor.js';
import {linearForward, linearForwardGroups} from '../../src/webgpu/kernels/linear-forward.js';
import {KernelError} from '../../src/webgpu/pipelines.js';
import {ProgramBuilder} from '../../src/webgpu/program.js';
import {VARIANTS, type Variant, variantFor} from '../../src/webgpu/variant.js';
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

const BURSTS = 5;

interface Product {
  executor: Executor;
  flops: number;
}

export class Products {
  private quickest: Product;

  private constructor(
    private readonly device: GPUDevice,
    private readonly products: Product[],
  ) {
    this.quickest = products[0]!;
  }

  static async create(
    device: GPUDevice,
    shapes: readonly (readonly [number, number, number])[],
  ): Promise<Products> {
    const products: Product[] = [];
    for (const variant of [variantFor(device), ...Object.values(VARIANTS)])
      for (const [rows, inner, columns] of shapes)
        try {
          const executor = await prepare(device, variant, rows, inner, columns);
          products.push({executor, flops: 2 * rows * inner * columns});
        } catch (error) {
          if (!(error instanceof KernelError)) throw error; // else a variant for other devices
        }
    return new Products(device, products);
  }

  /** The rate of the quickest product, in bursts of `times`: FLOP/s. From then on `sustained` measures this one. */
  async burst(times: number): Promise<number> {
    let best = 0;
    for (const product of this.products)
      for (let i = 0; i < BURSTS; i++) {
        const rate = await this.rate(product, times);
        if (i > 0 && rate > best) {
          best = rate; // the first compiles
          this.quickest = product;
        }
      }
    return best;
  }

  /** The rate of the quickest product, computed again and again until it has done as much arithmetic as what it is compared with: FLOP/s. */
  sustained(flops: number): Promise<number> {
    return this.rate(this.quickest, Math.max(1, Math.round(flops / this.quickest.flops)));
  }

  private async rate({executor, flops}: Product, times: number): Promise<number> {
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < times; i++) executor.encode(pass);
    pass.end();
    const ms = await timed(() => {
      this.device.queue.submit([encoder.finish()]);
      return this.device.queue.onSubmittedWorkDone();
    });
    return (1000 * times * flops) / ms;
  }

  dispose(): void {
    for (const {executor} of this.products) executor.dispose();
  }
}

async function prepare(
  device: GPUDevice,
  variant: Variant,
  rows: number,
  inner: number,
  columns: number,
): Promise<Executor> {
  const builder = new ProgramBuilder();
  const part = (name: string, words: number) => builder.buffer(name, words);
  builder.dispatch({
    label: 'product',
    kernel: linearForward({...variant, gelu: false}),
    buffers: {
      a: part('a', rows * inner),
      weight: part('weight', inner * columns),
      bias: part('bias', columns),
      y: part('y', rows * columns),
    },
    sizes: {rows, inner4: inner / 4, columns4: columns / 4},
    groups: linearForwardGroups(variant.tile, rows, columns),
  });
  const executor = await Executor.prepare(device, builder.build());
  executor.bind({});
  return executor;
}
