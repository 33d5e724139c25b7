/** How fast this device trains: measured with a few real steps of a small model, and scaled by operations. Loaded on demand. */
import type {BackendFacts, GPTConfig, ModelSpec, TokenFlops} from '../../state/index.js';
import {count, duration, number} from '../../ui/base/format.js';
import {BACKENDS} from '../../ui/base/model-facts.js';
import {loadModels} from '../../ui/model/default-model.js';
import {endExperiment, runEnded} from '../../ui/model/experiment.js';

const TIMED = 5;
const TRAINING = {steps: 1, evalInterval: 0, evalBatches: 1, sampleInterval: 0, saveInterval: 0};
const TEXT = 'The quick brown fox jumps over the lazy dog. '.repeat(60);

/** Sizes up to which a step takes at most some seconds on a slow laptop. */
const MOST = {embDim: 256, nLayers: 2, contextLength: 64, batchSize: 4};

export interface Speed {
  /** Operations a second of a training step. */
  flopsPerSecond: number;
  /** The model that was measured. */
  config: GPTConfig;
  batchSize: number;
  backend: BackendFacts | undefined;
}

/** Returns a model like the given one that is small enough to be measured: the same width where that is possible, fewer blocks. */
export function measurable(config: GPTConfig): Partial<GPTConfig> {
  const isWide = config.embDim > MOST.embDim;
  return {
    embDim: isWide ? MOST.embDim : config.embDim,
    nHeads: isWide ? 4 : config.nHeads, // of 64 numbers, as in GPT-2
    nLayers: Math.min(MOST.nLayers, config.nLayers),
    contextLength: Math.min(MOST.contextLength, config.contextLength),
    qkvBias: config.qkvBias,
    tieWeights: config.tieWeights,
    dropRate: 0,
  };
}

/** A model of which a training step is timed. */
export interface TimedModel {
  config: GPTConfig;
  /** Windows a step. */
  batchSize: number;
  flops: TokenFlops;
}

const stepFlops = ({config, batchSize, flops}: TimedModel): number =>
  flops.training * config.contextLength * batchSize;

/** Returns the seconds that a training step of a model would take at a measured speed. */
export const stepSeconds = (model: TimedModel, {flopsPerSecond}: Speed): number =>
  stepFlops(model) / flopsPerSecond;

/** Returns the time of a training step for readers: “12 ms”, “1 min 15 s”, “12 days”. */
export function stepTime(model: TimedModel, speed: Speed): string {
  const seconds = stepSeconds(model, speed);
  if (seconds < 1) return `${number(1000 * seconds, 2)} ms`;
  if (seconds < 10) return `${number(seconds, 2)} s`;
  return seconds < 172_800 ? duration(seconds) : `${Math.round(seconds / 86_400).toLocaleString('en')} days`;
}

/** Returns what was measured, and what the scaled time leaves open. */
export const speedInWords = ({flopsPerSecond, config, batchSize, backend}: Speed): string =>
  `Scaled by operations from a small model (${count(batchSize)} × ${config.contextLength} tokens a step, blocks: ${config.nLayers}, width: ${config.embDim}), ` +
  `which ran at ${number(flopsPerSecond / 1e9)} billion operations a second${backend ? ` on ${BACKENDS[backend.name]}` : ''}. ` +
  'A larger model may use the device better, or not fit into its memory.';

/**
 * Trains a few steps and returns the speed.
 * @param windows Windows in a step of the model that the speed is for
 * @param flopsOf Counts the operations for a token
 * @param onStep Called after each step, with how many there are
 * @throws with a sentence for the reader; after an abort, an error that can be ignored
 */
export async function measureSpeed(
  config: GPTConfig,
  windows: number,
  flopsOf: (config: GPTConfig) => TokenFlops,
  onStep: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<Speed> {
  const {createModel} = await loadModels();
  signal.throwIfAborted();
  const batchSize = Math.min(MOST.batchSize, windows);
  const spec: ModelSpec = {config: measurable(config), corpus: {kind: 'text', text: TEXT}, tokenizer: 'char'};
  const model = createModel(undefined, spec);
  const end = (): void => void endExperiment(model);
  signal.addEventListener('abort', end, {once: true});
  try {
    const {config: measured} = await model.ready;
    await model.train({...TRAINING, batchSize}); // its one step prepares the kernels, and is not counted
    await runEnded(model, signal);
    onStep(1, 1 + TIMED);
    const times: number[] = [];
    for (let step = 1; step <= TIMED; step++) {
      const start = performance.now();
      await model.stepOnce();
      times.push(performance.now() - start);
      signal.throwIfAborted();
      onStep(1 + step, 1 + TIMED);
    }
    const median = times.sort((a, b) => a - b)[TIMED >> 1]!;
    const flops = stepFlops({config: measured, batchSize, flops: flopsOf(measured)});
    return {flopsPerSecond: (1000 * flops) / median, config: measured, batchSize, backend: model.backend};
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
