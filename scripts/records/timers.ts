/** Timers and messages that count as pending work. Imported before any element, which may keep what it finds here. */
import {begin} from './pending.js';

/** Milliseconds: longer timers end what takes too long, or clean up. */
const LONGEST_MS = 1000;

const {setTimeout: startTimer, clearTimeout: stopTimer} = globalThis;
const ends = new WeakMap<object, () => void>();

globalThis.setTimeout = ((act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
  if (ms > LONGEST_MS) return startTimer(act, ms, ...args);
  const end = begin();
  const timer = startTimer(() => {
    act(...args);
    end();
  }, ms);
  ends.set(timer, end);
  return timer;
}) as typeof setTimeout;

globalThis.clearTimeout = ((timer?: NodeJS.Timeout) => {
  if (timer) ends.get(timer)?.();
  stopTimer(timer);
}) as typeof clearTimeout;

/** Messages to oneself, with which long work lets others run. */
class Channel {
  readonly port1: {onmessage?: (event: {data: unknown}) => void} = {};
  readonly port2 = {
    postMessage: (data: unknown) => {
      const end = begin();
      setImmediate(() => {
        this.port1.onmessage?.({data});
        end();
      });
    },
  };
}
globalThis.MessageChannel = Channel as unknown as typeof MessageChannel;
