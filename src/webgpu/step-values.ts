/**
 * What a plan's kernels need to know that differs from step to step, or from one text to the next. It lives in one small uniform buffer, written once a step:
 * the dispatches themselves never change.
 */

/** In the order of the WGSL struct `Step`; u marks whole numbers, the others are float32. */
const FIELDS = [
  ['learningRate', 'f'],
  ['beta1', 'f'],
  ['beta2', 'f'],
  ['epsilon', 'f'],
  ['weightDecay', 'f'],
  ['clipNorm', 'f'], // 0: no clipping
  ['correction1', 'f'], // 1 / (1 − β1^t)
  ['correction2', 'f'], // 1 / (1 − β2^t)
  ['lossScale', 'f'], // 1 / labels that count
  ['accumulate', 'u'], // 1: gradients are added to those there
  ['segments', 'u'], // different ids in the batch
  ['dropKey', 'u'],
  ['dropThreshold', 'u'], // of 65,536
  ['dropKeep', 'f'], // 1 / (1 − rate)
  // Decoding
  ['temperature', 'f'], // 0: always the likeliest
  ['tailMass', 'f'], // 1 − top-p: 0: all
  ['topK', 'u'], // the vocabulary's size: all
  ['drawKey', 'u'],
  ['candidates', 'u'], // likeliest tokens to list
  ['padding', 'u'],
] as const;

export type StepField = (typeof FIELDS)[number][0];

export const STEP_STRUCT = `struct Step { ${FIELDS.map(([name, type]) => `${name}: ${type === 'f' ? 'f32' : 'u32'}`).join(', ')} }`;

const PLACE = new Map<string, {index: number; type: 'f' | 'u'}>(
  FIELDS.map(([name, type], index) => [name, {index, type}]),
);

/** The buffer's contents; reused from step to step. */
export class StepValues {
  readonly bytes = new ArrayBuffer(FIELDS.length * 4);
  readonly #floats = new Float32Array(this.bytes);
  readonly #words = new Uint32Array(this.bytes);

  set(values: Partial<Record<StepField, number>>): void {
    for (const name in values) {
      const field = PLACE.get(name)!;
      const value = values[name as StepField]!;
      if (field.type === 'f') this.#floats[field.index] = value;
      else this.#words[field.index] = value;
    }
  }
}
