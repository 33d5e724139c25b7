import {expect} from '@open-wc/testing';
import type {TrainingSession} from '../../training/session.js';
import type {StepResult} from '../../training/step-queue.js';
import {StepsAhead} from './steps-ahead.js';

/** A session whose steps are done when the test says so. */
class FakeSession {
  begun = 0;
  /** Steps that were asked for. */
  readonly asked: number[] = [];
  readonly finish: (() => void)[] = [];
  /** The step that fails. */
  bad?: number;

  constructor(readonly kernels: 'plan' | 'reference') {}

  async begin() {
    const step = ++this.begun;
    const result = new Promise<StepResult>((resolve, reject) =>
      this.finish.push(() =>
        step === this.bad ? reject(new Error(`step ${step}`)) : resolve({step, loss: 1 / step} as StepResult),
      ),
    );
    result.catch(() => {}); // a step that nobody reads fails in silence
    return {
      step,
      read: () => {
        if (!this.asked.includes(step)) this.asked.push(step);
        return result;
      },
    };
  }
}

const stepsOf = async (ahead: StepsAhead, all: boolean) => {
  const steps: number[] = [];
  for await (const {result} of ahead.done(all)) steps.push(result.step);
  return steps;
};

describe('steps begun ahead of their numbers', () => {
  const make = (kernels: 'plan' | 'reference') => {
    const session = new FakeSession(kernels);
    return {session, ahead: new StepsAhead(session as unknown as TrainingSession)};
  };

  it('submits the next step before it waits for the last one', async () => {
    const {session, ahead} = make('plan');
    await ahead.begin();
    expect(await stepsOf(ahead, false)).to.deep.equal([]); // asked for, not awaited
    expect(session.asked).to.deep.equal([1]);
    await ahead.begin();
    session.finish[0]!();
    expect(await stepsOf(ahead, false)).to.deep.equal([1]);
    expect(session.asked).to.include(2);
    expect(ahead.ahead).to.equal(true);
    session.finish[1]!();
    expect(await stepsOf(ahead, true)).to.deep.equal([2]);
    expect(ahead.ahead).to.equal(false);
  });

  it('asks for the numbers of quick steps together, and leaves none out', async () => {
    const {session, ahead} = make('plan');
    const told: number[] = [];
    let largest = 0;
    for (let n = 0; n < 100; n++) {
      await ahead.begin();
      session.finish.at(-1)!(); // in no time
      const steps = await stepsOf(ahead, false);
      largest = Math.max(largest, steps.length);
      told.push(...steps);
    }
    told.push(...(await stepsOf(ahead, true)));
    expect(told).to.deep.equal(Array.from({length: 100}, (_, n) => n + 1));
    expect(largest).to.be.above(8);
  });

  it('yields the good steps of a group before the error of the first bad one', async () => {
    const {session, ahead} = make('plan');
    const told: number[] = [];
    session.bad = 90;
    let error: Error | undefined;
    try {
      for (let n = 0; n < 100; n++) {
        await ahead.begin();
        session.finish.at(-1)!();
        for await (const {result} of ahead.done(n === 99)) told.push(result.step);
      }
    } catch (caught) {
      error = caught as Error;
    }
    expect(error?.message).to.equal('step 90');
    expect(told).to.deep.equal(Array.from({length: 89}, (_, n) => n + 1));
  });

  it('tells a step of the reference at once', async () => {
    const {session, ahead} = make('reference');
    await ahead.begin();
    session.finish[0]!();
    expect(await stepsOf(ahead, false)).to.deep.equal([1]);
  });
});
