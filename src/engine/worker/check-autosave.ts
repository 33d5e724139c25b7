import {type Autosave, type SettingsChange, StorageError} from '../../checkpoint/autosave.js';
import {type FineTuning, fineTuningLayout, learningLayout} from '../../model/fine-tuning.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../../training/options.js';
import type {History, StepFact} from '../protocol.js';
import type {ModelSource} from './model-source.js';
import {mergeTraining} from './training-options.js';

const damaged = (why: string): StorageError =>
  new StorageError(
    `The saved run cannot be continued: ${why}. The model was left as it is; discard the saved run, or train anew.`,
  );

type Loose = Record<string, unknown>;
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function arenaOf(snapshot: Loose, name: 'theta' | 'm' | 'v', length: number, what: string): Float32Array {
  const arena = snapshot[name];
  if (!(arena instanceof Float32Array)) throw damaged(`its ${what} are missing`);
  if (arena.length !== length)
    throw damaged(`its ${what} are ${arena.length} numbers, and this model has ${length}`);
  const least = name === 'v' ? 0 : Number.NEGATIVE_INFINITY; // AdamW takes the root of the second moments
  for (const value of arena)
    if (!Number.isFinite(value) || value < least) throw damaged(`its ${what} hold ${value}`);
  return arena;
}

/** Settings as they were saved; names that this release does not know are left out. */
function optionsOf(saved: unknown): TrainingOptions {
  if (!isObject(saved)) throw damaged('its settings are missing');
  const known = Object.fromEntries(Object.entries(saved).filter(([name]) => name in DEFAULT_TRAINING));
  const {samplePrompt = ''} = known;
  if (typeof samplePrompt !== 'string') throw damaged('its sample prompt is not a text');
  try {
    return mergeTraining(DEFAULT_TRAINING, known);
  } catch (error) {
    throw damaged(`one of its settings is invalid (${(error as Error).message})`);
  }
}

function changesOf(saved: unknown): SettingsChange[] {
  if (saved === undefined) return [];
  if (!Array.isArray(saved)) throw damaged('its changes of settings are not a list');
  return saved.map((change: unknown) => {
    if (!isObject(change) || !isCount(change.from)) throw damaged('a change of settings has no step');
    return {from: change.from, options: optionsOf(change.options)};
  });
}

/** The entries of a list that have a step, up to that of the snapshot, and satisfy `isWhole`. */
function factsOf<T extends {step: number}>(
  saved: unknown,
  step: number,
  isWhole: (fact: Loose) => boolean,
): T[] {
  if (!Array.isArray(saved)) return [];
  const isFact = (fact: unknown): fact is T =>
    isObject(fact) && isCount(fact.step) && fact.step <= step && isWhole(fact);
  return saved.filter(isFact);
}

const isNumber = (value: unknown): boolean => typeof value === 'number';

/** Every number of a `StepFact`. */
const STEP_NUMBERS = [
  'loss',
  'learningRate',
  'gradientNorm',
  'tokensSeen',
  'tokensPerSecond',
  'secondsLeft',
] as const satisfies (keyof StepFact)[];

/** Which metrics there are beside the loss depends on the model's task. */
const isEvaluation = ({tokensSeen, train, validation}: Loose): boolean =>
  isNumber(tokensSeen) &&
  [train, validation].every(
    (set) => isObject(set) && isNumber(set.loss) && Object.values(set).every(isNumber),
  );

/** The points of a curve that can be drawn. */
function historyOf(saved: unknown, step: number): History {
  const {steps, evals, samples} = isObject(saved) ? saved : {};
  return {
    steps: factsOf(steps, step, (fact) => STEP_NUMBERS.every((name) => isNumber(fact[name]))),
    evals: factsOf(evals, step, isEvaluation),
    samples: factsOf(
      samples,
      step,
      ({prompt, text}) => typeof prompt === 'string' && typeof text === 'string',
    ),
  };
}

/**
 * Returns a stored run with every part checked against the model that is to continue it. A curve with damaged points is
 * continued without these points.
 * @throws {StorageError} where the run cannot be continued; the message says why.
 */
export function checkAutosave(
  saved: unknown,
  {config, seed}: Pick<ModelSource, 'config' | 'seed'>,
  tuning: FineTuning = {},
): Autosave<History> {
  if (!isObject(saved) || !isObject(saved.snapshot)) throw damaged('it holds no weights');
  const {snapshot, runId} = saved;
  const {step, tokensSeen} = snapshot;
  if (!isCount(step)) throw damaged('its number of steps is missing');
  if (!isCount(tokensSeen)) throw damaged('its number of tokens is missing');
  if (snapshot.seed !== seed) throw damaged('it was made with another seed');
  const made = isObject(snapshot.config) ? snapshot.config : {};
  for (const [name, value] of Object.entries(config))
    if (made[name] !== value)
      throw damaged(`its model has another ${name} (${String(made[name]).slice(0, 40)})`);
  const layout = fineTuningLayout(config, tuning);
  const learning = learningLayout(layout, tuning);
  return {
    snapshot: {
      config,
      options: optionsOf(snapshot.options),
      step,
      tokensSeen,
      seed,
      theta: arenaOf(snapshot, 'theta', layout.length, 'weights'),
      m: arenaOf(snapshot, 'm', learning.length, 'first moments'),
      v: arenaOf(snapshot, 'v', learning.length, 'second moments'),
    },
    history: historyOf(saved.history, step),
    runId: typeof runId === 'string' ? runId : undefined,
    changes: changesOf(saved.changes),
  };
}
