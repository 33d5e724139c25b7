// A Web Test Runner reporter that writes how many tests passed, failed and were skipped to a file.
import {writeFileSync} from 'node:fs';

const count = (suite) => {
  const sum = {passed: 0, failed: 0, skipped: 0};
  for (const {passed, skipped} of suite?.tests ?? [])
    sum[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
  for (const inner of suite?.suites ?? []) for (const [key, n] of Object.entries(count(inner))) sum[key] += n;
  return sum;
};

export function tallyReporter(file) {
  return {
    onTestRunFinished({sessions}) {
      const sum = {passed: 0, failed: 0, skipped: 0};
      for (const session of sessions) {
        const one = count(session.testResults);
        // A file that does not load has no tests that could fail.
        if (!session.passed && one.failed === 0) one.failed = 1;
        for (const key of Object.keys(sum)) sum[key] += one[key];
      }
      writeFileSync(file, JSON.stringify(sum));
    },
  };
}
