// Work that would make a page hang.
import {runInNewContext} from 'node:vm';

/** The most that one piece of work may take, in ms of processor time: more is felt. */
const FELT_MS = 200;
/** Work is stopped after this, in ms. */
const STOP_MS = 4000;

/** Does the work, and says why it fails: what it returned, or how long it took. */
export function hang(work) {
  const from = process.cpuUsage();
  try {
    const failure = runInNewContext('work()', {work}, {timeout: STOP_MS}); // the time limit ends synchronous work, too
    if (typeof failure === 'string') return failure;
  } catch (error) {
    if (error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return `not done after ${STOP_MS} ms`;
    throw error;
  }
  const ms = process.cpuUsage(from).user / 1000;
  return ms > FELT_MS ? `${Math.round(ms)} ms of processor time` : undefined;
}
