import {expect} from '@open-wc/testing';
import {DEFAULT_TRAINING} from '../../training/options.js';
import {Mutex} from './mutex.js';
import {Pace} from './pace.js';
import {Throttle} from './throttle.js';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the pace of a run', () => {
  const options = {...DEFAULT_TRAINING, steps: 100, evalInterval: 10, sampleInterval: 0, saveInterval: 50};

  it('counts evaluations and saves into what is left', () => {
    const pace = new Pace();
    pace.measured('step', 100);
    expect(pace.tokensPerSecond(512)).to.equal(5120);
    expect(pace.secondsLeft(40, options)).to.be.closeTo(6, 1e-9);
    pace.measured('evaluation', 1000);
    expect(pace.secondsLeft(40, options), 'evaluations at 50, 60 … 100').to.be.closeTo(12, 1e-9);
    pace.measured('save', 500);
    pace.measured('sample', 1e6);
    expect(pace.secondsLeft(40, options), 'saves at 50 and 100; no samples').to.be.closeTo(13, 1e-9);
    expect(pace.secondsLeft(100, options)).to.equal(0);
  });

  it('is smoothed', () => {
    const pace = new Pace();
    pace.measured('step', 100);
    pace.measured('step', 200);
    expect(pace.tokensPerSecond(110)).to.be.closeTo(1000, 1e-6);
  });

  it('tells a steady time left while steps take now 50 ms and now 250 ms', () => {
    const pace = new Pace();
    const told: number[] = [];
    const long = {...options, steps: 1000, evalInterval: 0, saveInterval: 0};
    for (let step = 1; step <= 400; step++) {
      // Slow spells of 20 steps, as on a machine that does something else now and then.
      pace.measured('step', Math.floor(step / 20) % 2 ? 250 : 50);
      if (step >= 100) told.push(pace.secondsLeft(step, long) / (1000 - step));
    }
    expect(Math.max(...told) / Math.min(...told)).to.be.below(1.35);
  });
});

describe('a throttle', () => {
  it('acts at once, then seldom, and never forgets the last', async () => {
    let acts = 0;
    const throttle = new Throttle(30, () => acts++);
    for (let i = 0; i < 10; i++) throttle.call();
    expect(acts).to.equal(1);
    await later(50);
    expect(acts).to.equal(2);
    throttle.call();
    throttle.call();
    throttle.flush();
    throttle.flush();
    expect(acts).to.equal(3);
    await later(50);
    expect(acts).to.equal(3);
  });
});

describe('a mutex', () => {
  it('runs one piece of work after the other, also after a failure', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      mutex.run(async () => {
        log.push(`${name} begins`);
        await later(1);
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
      });
    const [, b] = await Promise.allSettled([work('a'), work('b', true), work('c')]);
    expect(b.status).to.equal('rejected');
    expect(log).to.deep.equal(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
