import {tensorStatistics} from '../math/tensor-reading.js';
import {initialDeviation, initialKey} from '../model/init.js';
import {type ParameterLayout, type Slot, WeightsError} from '../model/parameters.js';
import type {ModelArenas} from './arenas.js';
import type {TrainingOptions} from './options.js';
import type {WeightReading} from './weight-reading.js';

/** The step that changed the weights last. */
export interface LastStep {
  step: number;
  learningRate: number;
  options: Pick<TrainingOptions, 'beta1' | 'beta2' | 'epsilon' | 'weightDecay'>;
}

/**
 * Returns one tensor's statistics, with gradient and update of the last step. AdamW's update follows from its moments, so that nothing has to be
 * kept for it.
 * @param last undefined where no step has changed these weights
 * @param seed of the model: training begins with its random numbers
 * @param gradientOf reads what the last step’s gradient was for a tensor; empty or undefined where it is not known
 * @throws {WeightsError} on a name that the model does not have
 */
export async function inspectWeights(
  arenas: ModelArenas,
  name: string,
  step: number,
  seed: number,
  last: LastStep | undefined,
  gradientOf: (name: string) => Promise<Float32Array | undefined>,
): Promise<WeightReading> {
  const slot = slotNamed(arenas.layout, name);
  if (!slot)
    throw new WeightsError(
      `This model has no tensor “${name.slice(0, 100)}”. Use a name such as ${arenas.layout.slots[0]!.name}.`,
    );
  const learned = last && slotNamed(arenas.learning, name);
  const [theta, gradient, m, v] = await Promise.all([
    arenas.readSlot('theta', slot),
    gradientOf(name),
    learned && arenas.readSlot('m', learned),
    learned && arenas.readSlot('v', learned),
  ]);
  return {
    name,
    shape: [...slot.shape],
    step,
    ...tensorStatistics(theta, slot.shape),
    ...initialOf(slot, arenas.layout, seed),
    ...(m &&
      v && {
        training: {
          ...lastUpdate({theta, m, v}, slot.decay, last!),
          ...(gradient?.length && {gradientNorm: lengthOf(gradient)}),
        },
      }),
    tensors: arenas.layout.slots.map((one) => ({name: one.name, shape: [...one.shape]})),
  };
}

function lengthOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return Math.sqrt(sum);
}

/** How a tensor's numbers are drawn before training; empty for a vector, whose numbers start equal. */
function initialOf(slot: Slot, layout: ParameterLayout, seed: number) {
  const deviation = initialDeviation(slot.name, slot.shape, layersOf(layout));
  return deviation === undefined
    ? {}
    : {initialDeviation: deviation, initialKey: initialKey(seed, layout.slots.indexOf(slot))};
}

/** The blocks whose parameters a layout holds. */
const layersOf = ({slots}: ParameterLayout): number =>
  new Set(slots.map(({name}) => /^h\.\d+\./.exec(name)?.[0]).filter(Boolean)).size;

const slotNamed = ({slots}: ParameterLayout, name: string): Slot | undefined =>
  slots.find((slot) => slot.name === name);

/** See `adamW`: θ = θ₀ · (1 − rate · decay) − rate · m̂ / (√v̂ + ε). */
function lastUpdate(
  {theta, m, v}: Record<'theta' | 'm' | 'v', Float32Array>,
  decays: boolean,
  {step, learningRate, options: {beta1, beta2, epsilon, weightDecay}}: LastStep,
): NonNullable<WeightReading['training']> {
  const kept = 1 - (decays ? learningRate * weightDecay : 0);
  let [squares, change, before] = [0, 0, 0];
  for (let i = 0; i < theta.length; i++) {
    const mean = m[i]! / (1 - beta1 ** step);
    const update = (learningRate * mean) / (Math.sqrt(v[i]! / (1 - beta2 ** step)) + epsilon);
    const previous = (theta[i]! + update) / kept;
    squares += mean ** 2;
    change += (theta[i]! - previous) ** 2;
    before += previous ** 2;
  }
  return {
    meanGradientNorm: Math.sqrt(squares),
    updateNorm: Math.sqrt(change),
    updateShare: before > 0 ? Math.sqrt(change / before) : 0,
  };
}
