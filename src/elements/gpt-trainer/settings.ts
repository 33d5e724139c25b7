/** The settings of a run as the reader meets them: names, ranges, what each does. */
import {
  DEFAULT_PRESET,
  DEFAULT_TRAINING,
  type LiveModel,
  type ModelSpec,
  RECOMMENDED_TRAINING,
  type TrainingOptions,
} from '../../state/index.js';
import {rate} from './words.js';

export type SettingName =
  | 'learningRate'
  | 'steps'
  | 'batchSize'
  | 'warmupSteps'
  | 'weightDecay'
  | 'clipNorm'
  | 'dropRate'
  | 'evalInterval';

export interface Setting {
  name: SettingName;
  label: string;
  /** What it does, in one sentence. */
  hint: string;
  min: number;
  max: number;
  step: number;
  /** A slider; else a field for a number. `log`: equal ways multiply equally. */
  slider?: 'linear' | 'log';
  format?: (value: number) => string;
}

export const SETTINGS: readonly Setting[] = [
  {
    name: 'learningRate',
    label: 'Learning rate',
    hint: 'How far a step moves the weights. Too small: slow. Too large: the loss jumps.',
    min: 1e-5,
    max: 0.1,
    step: 0.05,
    slider: 'log',
    format: rate,
  },
  {
    name: 'dropRate',
    label: 'Dropout',
    hint: 'Share of values set to 0 at random in training, against memorizing.',
    min: 0,
    max: 0.5,
    step: 0.05,
    slider: 'linear',
    format: (value) => value.toFixed(2),
  },
  {name: 'steps', label: 'Steps', hint: 'Length of the whole run.', min: 1, max: 1e6, step: 1},
  {
    name: 'batchSize',
    label: 'Batch size',
    hint: 'Windows of text a step learns from at once.',
    min: 1,
    max: 512,
    step: 1,
  },
  {
    name: 'warmupSteps',
    label: 'Warm-up',
    hint: 'Steps over which the learning rate rises from 0.',
    min: 0,
    max: 1e5,
    step: 1,
  },
  {
    name: 'weightDecay',
    label: 'Weight decay',
    hint: 'Pulls every matrix a little toward 0.',
    min: 0,
    max: 1,
    step: 0.01,
  },
  {
    name: 'clipNorm',
    label: 'Gradient clipping',
    hint: 'Longer gradients are shortened to this; 0 allows any.',
    min: 0,
    max: 100,
    step: 0.1,
  },
  {
    name: 'evalInterval',
    label: 'Evaluate every',
    hint: 'Steps between two measurements on unseen text.',
    min: 1,
    max: 1e4,
    step: 1,
  },
];

/** Where a value stands on its slider, and back. */
export const toSlider = ({slider}: Setting, value: number): number =>
  slider === 'log' ? Math.log10(value) : value;

export const fromSlider = ({slider}: Setting, position: number): number =>
  slider === 'log' ? Number((10 ** position).toPrecision(2)) : position;

export const allowed = ({min, max, step}: Setting, value: number): boolean =>
  Number.isFinite(value) && value >= min && value <= max && (step !== 1 || Number.isInteger(value));

/** Leaves out what is not set: `undefined` would replace a default. */
export const given = (options: Partial<TrainingOptions>): Partial<TrainingOptions> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** What suits the size of a model. */
export const recommended = ({preset = DEFAULT_PRESET}: Pick<ModelSpec, 'preset'>): TrainingOptions => ({
  ...DEFAULT_TRAINING,
  ...RECOMMENDED_TRAINING[preset],
});

/** The settings in force, as far as they are known before the model is open. */
export const settingsInForce = (
  model: LiveModel | undefined,
  requested: Partial<TrainingOptions>,
): TrainingOptions => ({...recommended(model?.spec ?? {}), ...model?.facts?.training, ...requested});

/** Steps of a run of this size from start to end. */
export const usualSteps = (spec: ModelSpec): number => recommended(spec).steps;
