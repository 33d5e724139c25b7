import {expect} from '@open-wc/testing';
import {NumericError, StepError} from './errors.js';
import {StepQueue} from './step-queue.js';

const SETTINGS = {};

/** A queue whose steps report what the test says, when it says so. */
function setUp() {
  let failures = 0;
  const queue = new StepQueue(() => failures++);
  const reports: ((loss: number, gradientNorm?: number) => void)[] = [];
  const begin = (settings: object = SETTINGS) => {
    const report = new Promise<{loss: number; gradientNorm: number}>((resolve) =>
      reports.push((loss, gradientNorm = 1) => resolve({loss, gradientNorm})),
    );
    return queue.begin(settings, async () => ({learningRate: 0.1, tokens: 8, report: () => report}));
  };
  return {queue, reports, begin, failures: () => failures};
}

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (reason) => reason,
  );

describe('the queue of steps in flight', () => {
  it('counts a step as done when its result is read, in the order in which the steps began', async () => {
    const {queue, reports, begin} = setUp();
    const [first, second] = [await begin(), await begin()];
    expect([queue.begun, queue.done]).to.deep.equal([2, 0]);
    reports[1]!(2);
    const later = second.read();
    expect(queue.done, 'the first has not reported yet').to.equal(0);
    reports[0]!(3);
    expect(await later).to.include({step: 2, loss: 2, tokensSeen: 16});
    expect(await first.read()).to.include({step: 1, loss: 3, tokensSeen: 8});
    expect(queue.done).to.equal(2);
  });

  for (const [what, loss, norm, sentence] of [
    [
      'a loss that is NaN',
      Number.NaN,
      1,
      /^Step 2 was not applied: its loss is NaN.+ The weights are those of step 1\./,
    ],
    ['an infinite loss', Number.POSITIVE_INFINITY, 1, /its loss is Infinity/],
    [
      'a gradient norm that overflows, not the loss beside it',
      299661414430146560,
      Number.POSITIVE_INFINITY,
      /the norm of its gradient is Infinity \(its loss is 3\.00e\+17\)/,
    ],
  ] as const)
    it(`names ${what} as the reason of a failed step`, async () => {
      const {queue, reports, begin, failures} = setUp();
      const steps = [await begin(), await begin(), await begin()];
      reports[0]!(2);
      reports[1]!(loss, norm);
      reports[2]!(Number.NaN);
      const error = await rejection(steps[1]!.read());
      expect(error).to.be.instanceOf(NumericError);
      expect(error.message).to.match(sentence);
      expect(await rejection(steps[2]!.read()), 'a step that began after it').to.be.instanceOf(NumericError);
      expect([queue.done, queue.begun, failures()]).to.deep.equal([1, 1, 1]);
    });

  it('waits for the steps in flight before one with other settings begins', async () => {
    const {queue, reports, begin} = setUp();
    await begin();
    let begun = false;
    const other = begin({}).then(() => (begun = true));
    await rejection(queue.begin(SETTINGS, async () => expect.fail('two at a time')));
    expect(begun).to.equal(false);
    reports[0]!(2);
    await other;
    expect(queue.done).to.equal(1);
  });

  it('discards steps in flight when the run restarts elsewhere', async () => {
    const {queue, reports, begin} = setUp();
    const step = await begin();
    queue.restart(40, 320);
    reports[0]!(2);
    expect(await rejection(step.read())).to.be.instanceOf(StepError);
    expect([queue.done, queue.begun, queue.tokensSeen]).to.deep.equal([40, 40, 320]);
  });
});
