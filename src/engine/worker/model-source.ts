import type {OpenCheckpoint, OpenRun} from '../../checkpoint/open-checkpoint.js';
import type {Corpus} from '../../data/corpus.js';
import {trainingTexts} from '../../data/load-labeled.js';
import {loadCorpus} from '../../data/loaders.js';
import {type PreparedCorpus, type PrepareOptions, prepareCorpus, withoutTokens} from '../../data/prepare.js';
import {shorten} from '../../math/shorten.js';
import {ConfigError, type GPTConfig, normalizeConfig} from '../../model/config.js';
import {type WeightDtype, weightBytes} from '../../model/memory.js';
import {DEFAULT_PRESET, PRESETS, PRETRAINED_NAMES} from '../../model/presets.js';
import {sourceOf, type WeightSource} from '../../model/weight-source.js';
import {loadTokenizer} from '../../tokenizers/load.js';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../../training/options.js';
import {RECOMMENDED_TRAINING, recommendedClassification} from '../../training/recommended.js';
import type {TaskSpec} from '../../training/tasks/spec.js';
import type {MappedTensor, ModelSpec} from '../protocol.js';
import {openCheckpointSpec} from './checkpoint-files.js';
import {classNames} from './class-names.js';
import {isRunOf} from './is-run-of.js';
import type {LoadingProgress} from './loading-progress.js';
import {loadPretrained} from './pretrained.js';
import {checkpointSource, type ReadingListener} from './read-checkpoint.js';
import {mergeTraining} from './training-options.js';

/** Everything that a spec stands for, before any tensor exists. */
export interface ModelSource {
  config: GPTConfig;
  tokenizer: Tokenizer;
  corpus: PreparedCorpus;
  training: TrainingOptions;
  seed: number;
  /** Why there is nothing to train on: the corpus does not fit a model that came from elsewhere. */
  corpusProblem?: string;
  /** Of a model that starts trained: its weights, and the settings that suit a start from nothing. */
  pretrained?: {weights: WeightSource; fromScratch: Partial<TrainingOptions>};
  /** How its weights are held. */
  dtype: WeightDtype;
  /** Whether they come from elsewhere and need not be trained here. */
  isRead: boolean;
  /** Of a model that was loaded from files. */
  loaded?: {
    notes: string[];
    tensors: MappedTensor[];
    run?: OpenRun;
    /** Of a classifier, whose head comes with its weights. */
    classes?: readonly string[];
  };
}

/** A model that another one starts from, as it is now. */
export interface ForkBase extends Pick<ModelSource, 'config' | 'tokenizer' | 'training'> {
  weights: WeightSource;
}

export interface SourceParts {
  /** Reads the model of that name. */
  fork?: (name: string) => Promise<ForkBase>;
  onTensor?: ReadingListener['onTensor'];
  checkConfig?: ReadingListener['checkConfig'];
  /** The checkpoint of the spec, where it is open already. */
  opened?: OpenCheckpoint;
}

/**
 * Loads the corpus, the tokenizer and the weights that it starts from, and settles the configuration.
 * @throws {CorpusError} {@link ConfigError} {@link UnknownTokenError} {@link EngineError} as the rooms below do
 */
export async function loadSource(
  spec: ModelSpec,
  progress: LoadingProgress,
  signal?: AbortSignal,
  parts: SourceParts = {},
): Promise<ModelSource> {
  const plan = await planOf(spec)(spec, progress, signal, parts);
  progress('Reading the corpus', 0, 0);
  const corpus = await loadCorpus(spec.corpus, {
    signal,
    onProgress: ({done, total}) => progress('Reading the corpus', done, total ?? 0),
  });
  progress('Turning the text into tokens', 0, 0);
  const tokenizer = await loadTokenizer(plan.tokenizer, corpus.text);
  const {vocabSize} = plan.loaded?.classes ? plan.config : tokenizer; // a classifier has a row that only pads
  const config = normalizeConfig({vocabSize, norm: spec.config?.norm}, plan.config);
  const {contextLength, dropRate} = config;
  const isRead = isToRead(spec, plan);
  const options = {contextLength, stride: spec.stride, trainShare: spec.trainShare};
  return {
    config,
    tokenizer,
    ...(plan.isForeign
      ? prepareForeign(corpus, tokenizer, options)
      : {corpus: prepareCorpus(corpus, tokenizer, options)}),
    training: mergeTraining(DEFAULT_TRAINING, {...plan.training, dropRate, ...forTask(spec.task)}),
    seed: spec.seed ?? 0,
    pretrained: plan.pretrained,
    loaded: plan.loaded,
    dtype: isRead ? loadedDtype(spec, config) : 'float32',
    isRead,
  };
}

/** Larger weights are held in 16 bits where nothing else is asked for, which is enough to read and write with them at half the memory. */
const MOST_WIDE_BYTES = 128 * 2 ** 20;

/** Another task than language modeling needs training. */
export const needsTraining = ({task}: ModelSpec): boolean => task !== undefined && task.kind !== 'language';

/** Returns how weights are held that are loaded for a spec. */
export function loadedDtype(spec: ModelSpec, config: GPTConfig): WeightDtype {
  if (needsTraining(spec)) return 'float32';
  return spec.dtype ?? (weightBytes(config) > MOST_WIDE_BYTES ? 'float16' : 'float32');
}

/** A fresh model and a run that goes on are there to be trained. */
const isToRead = (spec: ModelSpec, {pretrained, loaded}: Plan): boolean =>
  pretrained !== undefined && !needsTraining(spec) && !(loaded?.run && isRunOf(loaded.run, spec));

/** A model that came from elsewhere can be looked at also where its tokenizer cannot write this page's text. */
function prepareForeign(
  corpus: Corpus,
  tokenizer: Tokenizer,
  options: PrepareOptions,
): Pick<ModelSource, 'corpus' | 'corpusProblem'> {
  try {
    return {corpus: prepareCorpus(corpus, tokenizer, options)};
  } catch (error) {
    const corpusProblem = `This model cannot be trained on “${corpus.name}”: ${(error as Error).message} Choose another text.`;
    return {corpus: withoutTokens(corpus), corpusProblem};
  }
}

/** What is known before there is a text. */
interface Plan extends Pick<ModelSource, 'config' | 'pretrained' | 'loaded'> {
  tokenizer: TokenizerChoice;
  training: Partial<TrainingOptions>;
  /** Whether the model was made for another text, perhaps. */
  isForeign?: boolean;
}

type Planner = (
  spec: ModelSpec,
  progress: LoadingProgress,
  signal: AbortSignal | undefined,
  parts: SourceParts,
) => Promise<Plan>;

function planOf({pretrained, checkpoint, from, config, tokenizer}: ModelSpec): Planner {
  const starts = Object.entries({pretrained, checkpoint, from}).filter(([, value]) => value !== undefined);
  if (starts.length > 1)
    throw new ConfigError(
      `A model starts from one thing, not from both “${starts[0]![0]}” and “${starts[1]![0]}”: leave one out.`,
    );
  const hasOwnSize = Object.keys(config ?? {}).some((key) => key !== 'norm'); // which changes no shape
  if (starts.length > 0 && (hasOwnSize || tokenizer))
    throw new ConfigError(
      `A model that starts from given weights has its own size and its own tokenizer: leave “config” and “tokenizer” out, or “${starts[0]![0]}”.`,
    );
  if (checkpoint) return planCheckpoint;
  if (from !== undefined) return planFork;
  return pretrained ? planPretrained : planFresh;
}

/** Reads and checks everything that lies in the files. */
const planCheckpoint: Planner = async ({checkpoint, task}, progress, signal, parts) => {
  const {onTensor, checkConfig} = parts;
  const opened = parts.opened ?? (await openCheckpointSpec(checkpoint!, {progress, checkConfig}, signal));
  const {config, tokenizer, notes, tensors, run, classes} = opened;
  if (classes) checkTask(classes, task);
  const weights = checkpointSource(opened, {progress, onTensor});
  return {
    config,
    tokenizer: tokenizer.spec,
    training: TRAINING_ON,
    pretrained: {weights, fromScratch: {}},
    loaded: {notes, tensors: [...tensors], run, classes},
    isForeign: true,
  };
};

/** @throws {ConfigError} where a classifier from files is to do something else than it has learned */
function checkTask(classes: readonly string[], task: TaskSpec | undefined): void {
  const listed = (names: readonly string[]) => names.map((name) => `“${shorten(name)}”`).join(', ');
  const meant = classNames(task);
  if (!meant)
    throw new ConfigError(
      `These files hold a classifier of the classes ${listed(classes)}, which writes no text. Load them in a <classifier-trainer>.`,
    );
  if (meant.join('\n') !== classes.join('\n'))
    throw new ConfigError(
      `The classifier in these files knows the classes ${listed(classes)}; the texts here have the classes ${listed(meant)}. Give it texts of its own classes first.`,
    );
}

const planFork: Planner = async ({from}, progress, _signal, {fork}) => {
  progress(`Copying the weights of “${shorten(from!)}”`, 0, 0);
  if (!fork) throw new ConfigError('No other model is here to start from.');
  const {config, tokenizer, training, weights} = await fork(from!);
  return {
    config,
    tokenizer: tokenizer.spec,
    training: {...training, ...TRAINING_ON},
    pretrained: {weights, fromScratch: training},
    isForeign: true,
  };
};

/** A task other than language modeling has settings of its own. */
const forTask = (task?: TaskSpec) =>
  task?.kind === 'classification' ? recommendedClassification(trainingTexts(task.data)) : {};

/** @throws {ConfigError} where `name` is none of `known` */
function checkName(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new ConfigError(
    `There is no ${what} “${shorten(String(name))}”. Use one of these: ${known.join(', ')}.`,
  );
}

/** Complains of an impossible configuration before anything is fetched. */
async function planFresh({preset = DEFAULT_PRESET, config, tokenizer = 'char'}: ModelSpec): Promise<Plan> {
  checkName('preset', preset, Object.keys(PRESETS));
  return {
    config: normalizeConfig(config ?? {}, PRESETS[preset].config),
    tokenizer,
    training: RECOMMENDED_TRAINING[preset],
  };
}

async function planPretrained(
  {pretrained: name}: ModelSpec,
  progress: LoadingProgress,
  signal?: AbortSignal,
): Promise<Plan> {
  checkName('trained model', name!, PRETRAINED_NAMES);
  progress('Fetching the trained model', 0, 0);
  const model = await loadPretrained(
    name!,
    (done, total) => progress('Fetching the trained model', done, total),
    signal,
  );
  const {weights, training: fromScratch} = model;
  return {
    ...model,
    training: {...fromScratch, ...TRAINING_ON},
    pretrained: {weights: sourceOf(weights), fromScratch},
  };
}

/** A model that has learned takes smaller steps, so that it keeps what it knows. */
const TRAINING_ON: Partial<TrainingOptions> = {steps: 500, learningRate: 3e-4, warmupSteps: 20};
