/** The text that a model learns from, as tokens, on the page's side: made by the very functions that the engine uses. */
import type {Corpus} from '../../data/corpus.js';
import type {PreparedCorpus} from '../../data/prepare.js';
import {DEFAULT_PRESET, type LiveModel, type ModelSpec, normalizeConfig, PRESETS} from '../../state/index.js';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';

export interface ModelText extends PreparedCorpus {
  corpus: Corpus;
  tokenizer: Tokenizer;
  /** T of the model. */
  contextLength: number;
  /** Tokens between the starts of two windows of the model. */
  stride: number;
}

/** Elements that show the same model share the work. */
const made = new WeakMap<ModelSpec, Promise<ModelText>>();

/** T of a model, also before it is opened. */
export function contextLengthOf({facts, spec: {preset = DEFAULT_PRESET, config = {}}}: LiveModel): number {
  return facts?.config.contextLength ?? normalizeConfig(config, PRESETS[preset].config).contextLength;
}

/** How a model turns text into tokens. One that comes trained brings its own way and has to be opened to know it. */
export async function tokenizerChoiceOf(model: LiveModel): Promise<TokenizerChoice> {
  const {spec} = model;
  return spec.pretrained ? (await model.ready).tokenizer : (spec.tokenizer ?? 'char');
}

/**
 * Reads and encodes what a model learns from. Starts no engine, unless the model comes trained: tokens need neither tfjs
 * nor a GPU.
 * @throws {CorpusError} {@link UnknownTokenError} where there is no text to learn from, as opening the model would.
 */
export function modelText(model: LiveModel): Promise<ModelText> {
  const {spec} = model;
  const known = made.get(spec);
  if (known) return known;
  const making = make(model, spec);
  made.set(spec, making);
  making.catch(() => made.delete(spec)); // an address may answer the next time
  return making;
}

async function make(model: LiveModel, spec: ModelSpec): Promise<ModelText> {
  const [{loadCorpus}, {encodeAll}, {prepareTokens}, {loadTokenizer}] = await Promise.all([
    import('../../data/loaders.js'),
    import('./encode-all.js'),
    import('../../data/prepare.js'),
    import('../../tokenizers/load.js'),
  ]);
  const choice = await tokenizerChoiceOf(model);
  const corpus = await loadCorpus(spec.corpus);
  const tokenizer = await loadTokenizer(choice, corpus.text);
  const tokens = await encodeAll(tokenizer, corpus.text);
  const contextLength = contextLengthOf(model);
  const {stride = contextLength, trainShare} = spec;
  return {
    ...prepareTokens(corpus, tokens, {contextLength, stride, trainShare}),
    corpus,
    tokenizer,
    contextLength,
    stride,
  };
}
