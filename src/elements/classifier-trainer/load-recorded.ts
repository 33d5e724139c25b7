import type {RecordedRun} from './recorded.js';

/** Loads the recorded run. */
export const loadRecorded = async (): Promise<RecordedRun> => (await import('./recorded-run.js')).RUN;
