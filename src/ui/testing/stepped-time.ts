/**
 * Time that a test moves by hand, for timers of one length: all others run as ever.
 * @param lengthMs the length of those timers
 */
export function steppedTime(lengthMs: number) {
  const {setTimeout: set, clearTimeout: clear} = window;
  const timers = new Map<number, {at: number; run: () => void}>();
  let now = 0;
  let last = 1e9;
  Object.assign(window, {
    setTimeout: (run: () => void, ms = 0, ...rest: unknown[]) => {
      if (ms !== lengthMs) return set(run, ms, ...rest);
      timers.set(++last, {at: now + ms, run});
      return last;
    },
    clearTimeout: (id: number) => (timers.delete(id) ? undefined : clear(id)),
  });
  return {
    get now() {
      return now;
    },
    pass(ms: number) {
      now += ms;
      for (const [id, {at, run}] of [...timers]) if (at <= now && timers.delete(id)) run();
    },
    restore: () => Object.assign(window, {setTimeout: set, clearTimeout: clear}),
  };
}
