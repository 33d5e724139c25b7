import {checkTokenCount} from '../math/sampling-options.js';
import {TokensError} from '../model/gpt.js';
import {
  DecodePlan,
  type DecodeWeights,
  KernelError,
  MOST_CANDIDATES,
  MOST_DRAWS,
  PlanError,
  rememberedVariant,
  type VariantMemory,
} from '../webgpu/index.js';
import type {GeneratedToken, GenerationOptions} from './generate.js';
import type {TrainingOptions} from './options.js';
import {checkWriting} from './plan-gate.js';
import {remembered} from './remembered.js';
import type {ReferenceWriter, Writer} from './writer.js';

/** How long a submission may take: while somebody watches, so that the text seems to flow, and otherwise, so that it can be stopped. */
const WATCHED_MS = 80;
const UNWATCHED_MS = 250;

/**
 * Writes with planned WGSL kernels: keys and values of what was read are kept, and many tokens are drawn in one submission. Where the device
 * refuses the plan (its limits, or a kernel), or computes something else than the reference, the reference writes instead.
 */
export class PlannedWriter implements Writer {
  private plan?: Promise<DecodePlan>;
  private fallback = false;

  /**
   * @param instead writes where the plan cannot
   * @param training of the model: the kernels that were quickest for its steps write, too
   */
  constructor(
    private readonly device: GPUDevice,
    private readonly weights: DecodeWeights,
    private readonly instead: ReferenceWriter,
    private readonly training: () => Pick<TrainingOptions, 'batchSize' | 'precision'>,
    private readonly memory: VariantMemory = remembered,
  ) {}

  get kernels(): Writer['kernels'] {
    return this.fallback ? 'reference' : 'plan';
  }

  async *write(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken[]> {
    const plan = await this.planOrNothing();
    if (!plan) {
      yield* this.instead.write(promptIds, options);
      return;
    }
    const {maxNewTokens, candidates = MOST_CANDIDATES, ...drawing} = options;
    checkTokenCount('number of new tokens', maxNewTokens);
    const text = begin(plan, promptIds, {...drawing, candidates});
    const patience = candidates > 0 ? WATCHED_MS : UNWATCHED_MS;
    let count = 1; // as many as the device draws in that time
    for (let left = maxNewTokens; left > 0; ) {
      const start = performance.now();
      const tokens = await plan.next(text, Math.min(count, left));
      const share = patience / Math.max(1, performance.now() - start);
      count = Math.max(1, Math.min(MOST_DRAWS, 4 * count, Math.round(tokens.length * share)));
      left -= tokens.length;
      yield tokens;
    }
  }

  dispose(): void {
    void this.plan?.then((plan) => plan.dispose()).catch(() => {});
  }

  /** Undefined: the reference has to write. */
  private async planOrNothing(): Promise<DecodePlan | undefined> {
    if (this.fallback) return undefined;
    try {
      return await (this.plan ??= this.prepare());
    } catch (error) {
      if (!(error instanceof PlanError || error instanceof KernelError)) {
        this.plan = undefined; // a lost device, say: another time it may work
        throw error;
      }
      if (!this.fallback)
        console.warn(`gpt-elements writes with the reference instead of planned kernels: ${error.message}`);
      this.fallback = true;
      return undefined;
    }
  }

  private async prepare(): Promise<DecodePlan> {
    const {device, weights, memory} = this;
    const {config} = this.instead;
    // Never measured here: a reader who only wants a text should not wait for that.
    const {batchSize, precision} = this.training();
    const half = precision === 'mixed';
    const variant = await rememberedVariant(device, {config, batchSize}, {memory, half});
    const check = checkWriting(device, {variant, memory}); // meanwhile
    check.catch(() => {});
    const plan = await DecodePlan.create({device, config, weights, variant});
    try {
      await check;
    } catch (error) {
      plan.dispose();
      throw error;
    }
    return plan;
  }
}

/** @throws {TokensError} on a prompt that the model cannot read, as the reference does */
function begin(plan: DecodePlan, ...text: Parameters<DecodePlan['begin']>): ReturnType<DecodePlan['begin']> {
  try {
    return plan.begin(...text);
  } catch (error) {
    throw error instanceof PlanError ? new TokensError(error.message) : error;
  }
}
