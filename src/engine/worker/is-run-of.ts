import type {OpenRun} from '../../checkpoint/open-checkpoint.js';
import {specKey} from '../../checkpoint/spec-key.js';
import type {ModelSpec} from '../protocol.js';

/** What a run depends on, besides the model. */
const runKey = ({corpus, task, seed = 0, trainShare, stride}: Partial<ModelSpec>): string =>
  specKey({corpus, task, seed, trainShare, stride});

/** Whether a run that was saved in a file is one of this spec. */
export const isRunOf = ({saved}: OpenRun, spec: ModelSpec): boolean => runKey(saved) === runKey(spec);
