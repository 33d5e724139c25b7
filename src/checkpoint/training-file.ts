/**
 * A model in training as one safetensors file: weights under their GPT-2 names, AdamW's moments as `adam_m.NAME` and `adam_v.NAME`, and
 * in its metadata, as JSON, all that the next step depends on.
 */

import type {CorpusSpec} from '../data/corpus.js';
import {withRemedy} from '../math/remedy.js';
import {shorten} from '../math/shorten.js';
import {type GPTConfig, normalizeConfig} from '../model/config.js';
import type {ParameterLayout, Slot} from '../model/parameters.js';
import type {TokenizerSpec} from '../tokenizers/tokenizer.js';
import type {FileToWrite} from './file-to-write.js';
import {parseJson} from './hugging-face/json.js';
import {SafetensorsError} from './safetensors-header.js';
import type {SafetensorsReader} from './safetensors-reader.js';
import {safetensorsFile, type TensorToWrite} from './safetensors-writer.js';

/** Prefixes of the arenas' tensors. */
export const ARENA_PREFIX = {theta: '', m: 'adam_m.', v: 'adam_v.'} as const;
export type ArenaName = keyof typeof ARENA_PREFIX;

/** What a model learns from and how, besides its weights. */
export interface SavedRun {
  corpus: CorpusSpec;
  task?: unknown;
  trainShare?: number;
  stride?: number;
  seed: number;
  step: number;
  tokensSeen: number;
  /** Settings of the next step. */
  options: unknown;
  /** Settings that apply from later steps on. */
  changes: unknown;
  history: unknown;
  runId: string;
}

export interface TrainingState {
  config: GPTConfig;
  tokenizer: TokenizerSpec;
  run: SavedRun;
  /** Of the weights. */
  layout: ParameterLayout;
  /** Of the moments; empty before the first step. */
  learning: ParameterLayout;
  /** Reads the numbers of a slot. Called when they are written. */
  read(arena: ArenaName, slot: Slot): Promise<Float32Array>;
}

/** Returns a file from which the run continues with the same next loss. */
export function trainingFile({config, tokenizer, run, layout, learning, read}: TrainingState): FileToWrite {
  const tensors = (arena: ArenaName, {slots}: ParameterLayout): TensorToWrite[] =>
    slots.map((slot) => ({
      name: `${ARENA_PREFIX[arena]}${slot.name}`,
      shape: slot.shape,
      read: () => read(arena, slot),
    }));
  return safetensorsFile(
    [...tensors('theta', layout), ...tensors('m', learning), ...tensors('v', learning)],
    {
      metadata: {
        format: 'pt',
        config: JSON.stringify(config),
        tokenizer: JSON.stringify(tokenizer),
        run: JSON.stringify(run),
      },
    },
  );
}

export interface TrainingFileRead {
  config: GPTConfig;
  tokenizer: TokenizerSpec;
  /** Unchecked. Absent in a file that holds a model only. */
  run?: Record<string, unknown>;
  /** Settings that the model was trained with, where no run is there. Unchecked. */
  training?: unknown;
}

/**
 * Reads the metadata of a file that was written here.
 * @throws {SafetensorsError} where it has none: such a file does not say how large its model is
 * @throws {HuggingFaceError} where it is damaged. @throws {ConfigError} where its numbers make no model
 */
export function readTrainingFile(name: string, {metadata}: SafetensorsReader): TrainingFileRead {
  const json = (key: string) => {
    const text = metadata.get(key);
    return text === undefined ? undefined : parseJson(`“${key}” in ${shorten(name)}`, text);
  };
  const config = json('config');
  const tokenizer = json('tokenizer');
  if (!config || !tokenizer)
    throw withRemedy(
      new SafetensorsError(
        `“${shorten(name)}” holds weights, but not how large the model is or how it reads text.`,
      ),
      'Choose it together with the config.json and tokenizer.json of the same folder.',
    );
  return {
    config: normalizeConfig(config),
    tokenizer: tokenizer as unknown as TokenizerSpec,
    run: json('run'),
    training: json('training'),
  };
}
