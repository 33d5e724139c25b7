/** The browser's part of `verdict.mjs`: trains a GPT on one text, some epochs at a time. */
import {memory} from '@tensorflow/tfjs-core';
import {loadCorpus} from '../../src/data/loaders.js';
import {prepareCorpus} from '../../src/data/prepare.js';
import {type Backend, openBackend} from '../../src/engine/device/backend.js';
import type {BackendName} from '../../src/engine/protocol.js';
import {type GPTConfigInput, normalizeConfig} from '../../src/model/config.js';
import {countParameters} from '../../src/model/parameters.js';
import {loadTokenizer} from '../../src/tokenizers/load.js';
import type {Tokenizer} from '../../src/tokenizers/tokenizer.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../../src/training/options.js';
import {TrainingSession} from '../../src/training/session.js';
import {LanguageTask} from '../../src/training/tasks/language.js';

export interface VerdictRequest {
  text: string;
  name: string;
  backend: BackendName;
  /** The rest is the vocabulary of GPT-2's tokenizer and the book's configuration. */
  config: GPTConfigInput;
  options: Partial<TrainingOptions>;
  /** Tokens from one window's start to the next. */
  stride: number;
  trainShare: number;
  seed: number;
}

export interface VerdictFacts {
  backend: string;
  parameters: number;
  vocabSize: number;
  tokens: {all: number; train: number; validation: number};
  windows: {train: number; validation: number};
  stepsPerEpoch: number;
}

/** Mean losses over all windows of both sets, nats per token. */
export interface Losses {
  trainLoss: number;
  validationLoss: number;
}

export interface EpochsResult {
  losses: Losses;
  step: number;
  /** Of each step. */
  milliseconds: number[];
  tensors: number;
  tensorBytes: number;
}

let backend: Backend;
let tokenizer: Tokenizer;
let session: TrainingSession;
let stepsPerEpoch: number;

async function evaluate(): Promise<Losses> {
  const {train, validation} = await session.evaluate();
  return {trainLoss: train.loss, validationLoss: validation.loss};
}

const verdict = {
  async open(request: VerdictRequest): Promise<VerdictFacts> {
    const opened = await openBackend[request.backend]();
    if (!opened) throw new Error(`This browser has no ${request.backend}.`);
    backend = opened;
    tokenizer = await loadTokenizer('gpt2');
    const {vocabSize} = tokenizer;
    const config = normalizeConfig({...request.config, vocabSize});
    const {stride, trainShare, seed} = request;
    const corpus = await loadCorpus({kind: 'text', text: request.text, name: request.name});
    const {train, validation, facts} = prepareCorpus(corpus, tokenizer, {
      contextLength: config.contextLength,
      stride,
      trainShare,
    });
    session = new TrainingSession({
      config,
      options: {...DEFAULT_TRAINING, ...request.options},
      task: new LanguageTask({
        trainTokens: train,
        validationTokens: validation,
        contextLength: config.contextLength,
        stride,
        seed,
      }),
      seed,
    });
    stepsPerEpoch = Math.floor(session.task.examples.train / session.options.batchSize);
    return {
      backend: `${opened.name}, ${opened.description}`,
      parameters: countParameters(config),
      vocabSize,
      tokens: {all: facts.tokens, train: facts.trainTokens, validation: facts.validationTokens},
      windows: session.task.examples,
      stepsPerEpoch,
    };
  },

  evaluate,

  /** Every window `count` times, then the losses. */
  async epochs(count: number): Promise<EpochsResult> {
    const milliseconds: number[] = [];
    for (let i = 0; i < count * stepsPerEpoch; i++) {
      const from = performance.now();
      await session.step();
      milliseconds.push(performance.now() - from);
    }
    const losses = await evaluate();
    const complaints = backend.takeErrors();
    if (complaints.length > 0) throw new Error(`The GPU complained: ${complaints.join(' ')}`);
    const {numTensors, numBytes} = memory();
    return {step: session.stepsDone, losses, milliseconds, tensors: numTensors, tensorBytes: numBytes};
  },

  /** What follows the prompt if the likeliest token is taken each time, as the book does. */
  async sample(prompt: string, maxNewTokens: number): Promise<string> {
    const ids: number[] = [];
    for await (const {id} of session.generate(tokenizer.encode(prompt), {maxNewTokens, temperature: 0}))
      ids.push(id);
    return tokenizer.decode(ids);
  },
};

Object.assign(globalThis, {verdict});
