import {expect} from '@open-wc/testing';
import {until} from '../../ui/testing/until.js';
import {failuresOf, must} from '../testing/rounds.js';
import {Pulse, watchLock} from './alive.js';

/** A timer that a test advances by hand: no test depends on how fast ticks come. */
function steppedTimer() {
  const {setInterval: set, clearInterval: clear} = window;
  let tick: (() => void) | undefined;
  Object.assign(window, {
    setInterval: (handler: () => void) => {
      tick = handler;
      return 1;
    },
    clearInterval: () => (tick = undefined),
  });
  return {
    tick: () => tick?.(),
    get running() {
      return tick !== undefined;
    },
    restore: () => Object.assign(window, {setInterval: set, clearInterval: clear}),
  };
}

describe('a page without Web Locks', () => {
  it('counts a long silence as the end of its worker, and nothing shorter, however long its steps are', async () => {
    const failures = await failuresOf(60, async (draw) => {
      const timer = steppedTimer();
      try {
        let pings = 0;
        let dead = 0;
        const patienceTicks = 2 + draw(10);
        const pulse = new Pulse(
          () => pings++,
          () => dead++,
          {patienceTicks},
        );
        let longest = 0;
        for (let answers = draw(20); answers > 0; answers--) {
          const silent = draw(Math.max(patienceTicks, 3 * longest) + 1);
          longest = Math.max(longest, silent);
          for (let n = 0; n < silent; n++) timer.tick();
          must(dead === 0, `it gave a worker up that was silent for ${silent} ticks`);
          pulse.heard();
        }
        const allowed = Math.max(patienceTicks, 3 * longest);
        for (let n = 0; n < allowed; n++) timer.tick();
        must(dead === 0 && pings > 0, `it gave a worker up after ${allowed} ticks`);
        timer.tick();
        must(dead === 1 && !timer.running, `it did not notice ${allowed + 1} silent ticks`);
      } finally {
        timer.restore();
      }
    });
    expect(failures).to.deep.equal([]);
  });

  it('asks no more once it is stopped', () => {
    const timer = steppedTimer();
    try {
      const pulse = new Pulse(
        () => {},
        () => {},
      );
      expect(timer.running).to.equal(true);
      pulse.stop();
      expect(timer.running).to.equal(false);
    } finally {
      timer.restore();
    }
  });
});

describe('a page with Web Locks', () => {
  it('notices that a worker has ended, and not before', async () => {
    const name = `alive test ${Math.random()}`;
    const code = `navigator.locks.request(${JSON.stringify(name)}, () => { postMessage(''); return new Promise(() => {}); });`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})));
    await new Promise((resolve) => (worker.onmessage = resolve));
    let dead = 0;
    const stop = watchLock(navigator.locks, name, () => dead++);
    const waiting = async () =>
      ((await navigator.locks.query()).pending ?? []).some((lock) => lock.name === name);
    while (!(await waiting())) await new Promise((resolve) => setTimeout(resolve));
    expect(dead).to.equal(0);
    worker.terminate();
    await until(() => dead === 1, 'the end of the worker');
    stop();
  });
});
