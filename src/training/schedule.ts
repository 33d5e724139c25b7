import type {TrainingOptions} from './options.js';

/**
 * Returns the learning rate of a step: linear warm-up from 0 to the peak, then cosine decay to a share of the peak, as in the training of
 * GPT-2 and nanoGPT.
 * @param step from 1; steps after the last keep the last rate
 */
export function learningRateAt(
  step: number,
  {
    steps,
    learningRate,
    warmupSteps,
    minLearningRateShare,
  }: Pick<TrainingOptions, 'steps' | 'learningRate' | 'warmupSteps' | 'minLearningRateShare'>,
): number {
  if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
  const share = steps > warmupSteps ? Math.min(1, (step - warmupSteps) / (steps - warmupSteps)) : 1;
  const low = learningRate * minLearningRateShare;
  return low + ((learningRate - low) * (1 + Math.cos(Math.PI * share))) / 2;
}
