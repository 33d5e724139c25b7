/** A model's `config.json`, as `GPT2LMHeadModel` of Hugging Face `transformers` reads and writes it. */

import {withRemedy} from '../../math/remedy.js';
import {shorten, show} from '../../math/shorten.js';
import {ConfigError, type GPTConfig, LAYER_NORM_EPSILON, normalizeConfig} from '../../model/config.js';
import type {WrittenDtype} from '../safetensors-numbers.js';
import {HuggingFaceError} from './error.js';
import {parseJson} from './json.js';

export interface ConfigRead {
  config: GPTConfig;
  /** Names of the classes of a `GPT2ForSequenceClassification`, in the order of the rows of its head. */
  classes?: string[];
  /** What the file says that this library does otherwise, without a change to the logits: sentences for readers. */
  notes: string[];
}

type Json = Record<string, unknown>;

/**
 * Reads a `config.json`. What it does not say is what `GPT2Config` has by default. Settings that change the computation and that
 * this library does not have are refused, not ignored.
 *
 * `qkv_bias: false` is ours: it stands in folders written here, whose query, key and value biases are zeros because the model
 * has none.
 * @throws {HuggingFaceError} where the file is no configuration of a GPT-2, or asks for a computation that is not there
 * @throws {ConfigError} where its numbers make no model
 */
export function readConfig(text: string): ConfigRead {
  const json = parseJson('config.json', text);
  for (const [name, isKnown, here] of LIMITATIONS) {
    const value = json[name];
    if (value !== undefined && value !== null && !isKnown(value, json))
      throw new HuggingFaceError(
        `This model’s config.json sets “${name}” to ${show(value)}. Here ${here}, so its outputs would be wrong. Choose another model.`,
      );
  }
  const classes = classesOf(json);
  const rates = ['resid_pdrop', 'embd_pdrop', 'attn_pdrop'].map((name) => read(json, [name], 0.1, 'number'));
  const [dropRate] = rates as [number];
  const config = checked({
    vocabSize: read(json, ['vocab_size'], 50257, 'number'),
    contextLength: read(json, ['n_positions', 'max_position_embeddings', 'n_ctx'], 1024, 'number'),
    embDim: read(json, ['n_embd', 'hidden_size'], 768, 'number'),
    nHeads: read(json, ['n_head', 'num_attention_heads'], 12, 'number'),
    nLayers: read(json, ['n_layer', 'num_hidden_layers'], 12, 'number'),
    dropRate,
    qkvBias: read(json, ['qkv_bias'], true, 'boolean'),
    // A classifier has no head for tokens.
    tieWeights: classes !== undefined || read(json, ['tie_word_embeddings'], true, 'boolean'),
  });
  const notes = rates.every((rate) => rate === dropRate)
    ? []
    : [
        `The model was trained with dropout rates of ${rates.join(', ')} (residual, embeddings, attention). ` +
          `Further training here uses ${dropRate} for all three.`,
      ];
  return {config, notes, ...(classes && {classes})};
}

/** What the file calls the settings of a model. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  vocabSize: 'vocab_size',
  contextLength: 'n_positions',
  embDim: 'n_embd',
  nHeads: 'n_head',
  nLayers: 'n_layer',
  dropRate: 'resid_pdrop',
};

/** @throws {ConfigError} where the numbers make no model, with the file's names for them */
function checked(config: Partial<GPTConfig>): GPTConfig {
  try {
    return normalizeConfig(config);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problem = error.message.replace(/\w+/g, (word) => FILE_NAMES[word] ?? word);
    throw withRemedy(
      new ConfigError(`This model’s config.json is broken: ${problem}`),
      'Get the file again, or choose another model.',
    );
  }
}

/** Names of GELU's approximation by tanh, the one that GPT-2 computes. */
const TANH_GELU = ['gelu_new', 'gelu_pytorch_tanh', 'gelu_fast', 'gelu_accurate'];
/** A GPT-2 with nothing on top, or with a head that scores the next token or classes. */
const CLASSIFIER = 'GPT2ForSequenceClassification';
const ARCHITECTURES = ['GPT2LMHeadModel', 'GPT2Model', CLASSIFIER];

/** Settings of which this library has one value only. Null and absent stand for the default, which it has. */
const LIMITATIONS: readonly [name: string, isKnown: (value: unknown, json: Json) => boolean, here: string][] =
  [
    ['model_type', (value) => value === 'gpt2', 'only models of the type "gpt2" are computed'],
    [
      'architectures',
      (value) => Array.isArray(value) && value.every((name) => ARCHITECTURES.includes(name)),
      `only GPT2LMHeadModel, GPT2Model and ${CLASSIFIER} are computed`,
    ],
    [
      'activation_function',
      (value) => TANH_GELU.includes(value as string),
      'only GELU in its approximation by tanh ("gelu_new") is computed',
    ],
    [
      'layer_norm_epsilon',
      (value) => value === LAYER_NORM_EPSILON,
      `every layer norm has an epsilon of ${LAYER_NORM_EPSILON}`,
    ],
    [
      'n_inner',
      (value, json) => value === 4 * read(json, ['n_embd', 'hidden_size'], 768, 'number'),
      'the feed-forward layers are 4 times as wide as the model (4 · n_embd)',
    ],
    ['scale_attn_weights', (value) => value === true, 'attention scores are always divided by √D'],
    [
      'scale_attn_by_inverse_layer_idx',
      (value) => value === false,
      'attention scores are scaled alike in all layers',
    ],
    ['add_cross_attention', (value) => value === false, 'there is no cross-attention'],
    ['is_encoder_decoder', (value) => value === false, 'there is no encoder'],
    // An object says how the weights were packed. (`reorder_and_upcast_attn` is not here: in float32 it changes nothing.)
    ['quantization_config', () => false, 'quantized weights cannot be read'],
  ];

/** Returns the names of a classifier's classes; undefined where the model is none. */
function classesOf(json: Json): string[] | undefined {
  if (!Array.isArray(json.architectures) || !json.architectures.includes(CLASSIFIER)) return undefined;
  const names = json.id2label;
  const known = typeof names === 'object' && names !== null ? Object.values(names) : ['LABEL_0', 'LABEL_1'];
  if (known.length < 2 || !known.every((name) => typeof name === 'string'))
    throw new HuggingFaceError(
      `This model’s config.json sets “id2label” to ${show(names)}: a classifier has at least two classes with a name each. Is the file damaged?`,
    );
  return known;
}

/** @param names The setting's name, then others that `transformers` takes for the same. */
function read<T extends number | boolean>(
  json: Json,
  names: readonly string[],
  standard: T,
  type: 'number' | 'boolean',
): T {
  const name = names.find((name) => json[name] !== undefined && json[name] !== null);
  if (name === undefined) return standard;
  const value = json[name];
  if (typeof value !== type)
    throw new HuggingFaceError(
      `This model’s config.json sets “${shorten(name)}” to ${show(value)}, which is no ${type}. Is the file damaged?`,
    );
  return value as T;
}

export interface ConfigWriteOptions {
  /** The id of the token that ends a text; none where the tokenizer has no such token. */
  endOfText?: number;
  /** Names of the classes: the model is a `GPT2ForSequenceClassification`, which pads with `endOfText`. */
  classes?: readonly string[];
  /** Type of the numbers in model.safetensors. */
  dtype: WrittenDtype;
}

const TORCH_DTYPES: Readonly<Record<WrittenDtype, string>> = {F32: 'float32', F16: 'float16'};

/**
 * Returns the content of a `config.json` with which `GPT2LMHeadModel.from_pretrained` computes the same logits, or
 * `GPT2ForSequenceClassification.from_pretrained` where there are classes.
 * @throws {HuggingFaceError} where `transformers` has no such model
 */
export function writeConfig(config: GPTConfig, {endOfText, dtype, classes}: ConfigWriteOptions): string {
  if (config.causal === false)
    throw new HuggingFaceError(
      'In this model attention sees the whole text, its future included. GPT-2 has no such model; save it as safetensors instead.',
    );
  if (config.norm === 'post')
    throw new HuggingFaceError(
      'In this model the norms stand after the sums. GPT-2 has no such model; save it as safetensors instead.',
    );
  return json({
    architectures: [classes ? 'GPT2ForSequenceClassification' : 'GPT2LMHeadModel'],
    model_type: 'gpt2',
    vocab_size: config.vocabSize,
    n_positions: config.contextLength,
    n_embd: config.embDim,
    n_head: config.nHeads,
    n_layer: config.nLayers,
    n_inner: null,
    activation_function: 'gelu_new',
    layer_norm_epsilon: LAYER_NORM_EPSILON,
    resid_pdrop: config.dropRate,
    embd_pdrop: config.dropRate,
    attn_pdrop: config.dropRate,
    initializer_range: 0.02,
    scale_attn_weights: true,
    scale_attn_by_inverse_layer_idx: false,
    reorder_and_upcast_attn: false,
    tie_word_embeddings: config.tieWeights,
    ...(config.qkvBias ? {} : {qkv_bias: false}),
    bos_token_id: endOfText ?? null,
    eos_token_id: endOfText ?? null,
    ...(classes ? classSettings(classes, endOfText) : {}),
    use_cache: true,
    torch_dtype: TORCH_DTYPES[dtype], // called `dtype` in transformers 5, which reads both
  });
}

/** The class is read at the last token that is not `pad_token_id`. */
const classSettings = (classes: readonly string[], padId: number | undefined): Json => ({
  num_labels: classes.length,
  id2label: Object.fromEntries(classes.map((name, label) => [label, name])),
  label2id: Object.fromEntries(classes.map((name, label) => [name, label])),
  problem_type: 'single_label_classification',
  pad_token_id: padId ?? null,
});

/** Returns the content of a `generation_config.json`. */
export function writeGenerationConfig(endOfText: number | undefined): string {
  return json({
    _from_model_config: true,
    bos_token_id: endOfText ?? null,
    eos_token_id: endOfText ?? null,
  });
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
