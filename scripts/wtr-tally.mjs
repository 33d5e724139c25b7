// A Web Test Runner reporter that writes how many tests passed, failed and were skipped, and which failed, to a file, and prints the slowest files.
import {writeFileSync} from 'node:fs';
import {relative} from 'node:path';
import {root} from './run.mjs';
import {firstLine} from './tally.mjs';

/** Files that take longer, in seconds, are named at the end. */
const SLOW_S = 10;

const count = (suite) => {
  const sum = {passed: 0, failed: 0, skipped: 0};
  for (const {passed, skipped} of suite?.tests ?? [])
    sum[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
  for (const inner of suite?.suites ?? []) for (const [key, n] of Object.entries(count(inner))) sum[key] += n;
  return sum;
};

/** The failed tests of a suite, each with its suites' names. */
const failuresOf = (suite, names = []) => [
  ...(suite?.tests ?? [])
    .filter(({passed, skipped}) => !passed && !skipped)
    .map(({name, error}) => `${[...names, name].join(' > ')}: ${firstLine(error?.message)}`),
  ...(suite?.suites ?? []).flatMap((inner) => failuresOf(inner, [...names, inner.name])),
];

export function tallyReporter(file) {
  /** Seconds a file takes, its loading included. Files run one after another, so each begins when the one before ends. */
  const seconds = new Map();
  let before = 0;
  return {
    start() {
      before = performance.now();
    },
    reportTestFileResults({testFile}) {
      const now = performance.now();
      seconds.set(relative(root, testFile), (now - before) / 1000);
      before = now;
    },
    onTestRunFinished({sessions}) {
      const slow = [...seconds].filter(([, s]) => s >= SLOW_S).sort(([, a], [, b]) => b - a);
      for (const [name, s] of slow) console.log(`${s.toFixed(1).padStart(7)} s  ${name}`);
      const sum = {passed: 0, failed: 0, skipped: 0};
      const failures = [];
      for (const session of sessions) {
        const one = count(session.testResults);
        // A file that does not load has no tests that could fail.
        const path = relative(root, session.testFile);
        if (!session.passed && one.failed === 0) {
          one.failed = 1;
          failures.push(
            `${path}: ${firstLine(session.errors[0]?.message ?? 'it did not load or did not end')}`,
          );
        }
        failures.push(...failuresOf(session.testResults, [path]));
        for (const key of Object.keys(sum)) sum[key] += one[key];
      }
      writeFileSync(file, JSON.stringify({...sum, failures}));
    },
  };
}
