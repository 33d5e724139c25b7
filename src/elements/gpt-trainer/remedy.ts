import {
  type EngineErrorFact,
  type LiveModel,
  type ModelSpec,
  PRESETS,
  type PresetName,
} from '../../state/index.js';

/** What helps against an error: what the button says, and what it does. */
export interface Remedy {
  label: string;
  act: 'retry' | 'back' | 'corpus' | 'tiny-tales' | 'smaller' | 'halve-batch' | 'halve-rate' | 'dismiss';
}

/**
 * @param before The spec that the reader has just left, to go back to.
 * @param takesCorpus Whether another text can be chosen here.
 */
export function remedyFor(
  {code}: EngineErrorFact,
  model: LiveModel,
  before: ModelSpec | undefined,
  takesCorpus: boolean,
): Remedy {
  if (!model.facts) {
    if (before && code !== 'backend') return {label: 'Back to the model before', act: 'back'};
    if (code === 'corpus')
      return takesCorpus
        ? {label: 'Choose another text', act: 'corpus'}
        : {label: 'Use tiny-tales', act: 'tiny-tales'};
    if (code === 'memory' || code === 'config')
      return {label: `Use ${PRESETS[smaller(model.spec.preset)].label}`, act: 'smaller'};
    return {label: 'Try again', act: 'retry'};
  }
  if (code === 'numeric') return {label: 'Halve the learning rate and start afresh', act: 'halve-rate'};
  if (code === 'memory') return {label: 'Halve the batch', act: 'halve-batch'};
  return model.status === 'error' ? {label: 'Try again', act: 'retry'} : {label: 'Close', act: 'dismiss'};
}

const names = Object.keys(PRESETS) as PresetName[];

/** The next preset down. */
export const smaller = (preset: PresetName = names[0]!): PresetName =>
  names[Math.max(0, names.indexOf(preset) - 1)]!;

export const isLarger = (preset: PresetName, than: PresetName): boolean =>
  names.indexOf(preset) > names.indexOf(than);
