// How every test command ends: one line for each failure, `Failed: what: why`, then `N passed, N failed`.

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} [failures] each failed test, and the first line of its error
 */

/** @type {Tally} */
export const nothing = {passed: 0, failed: 0, failures: []};

/** The first line of an error's message. */
export const firstLine = (message) => `${message ?? ''}`.trim().split('\n')[0].slice(0, 300);

/** One failed test. */
export const failure = (name, error) => ({
  passed: 0,
  failed: 1,
  failures: [`${name}: ${firstLine(error?.message ?? error)}`],
});

/** One that passed. */
export const success = {passed: 1, failed: 0, failures: []};

/**
 * Prints the closing lines and sets the exit code. Nothing run counts as failed: a test that is never run proves nothing.
 * @param {Tally} tally
 */
export function closeWith({passed, failed, failures = []}) {
  if (passed + failed === 0) console.error('No test was run.');
  for (const name of failures) console.log(`Failed: ${name}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}

/**
 * Reads the closing lines from a command's output; undefined where it has none.
 * @returns {Tally | undefined}
 */
export function readTally(output) {
  const line = output.match(/^(\d+) passed, (\d+) failed\r?$/gm)?.at(-1);
  if (!line) return undefined;
  const [passed, failed] = line.match(/\d+/g).map(Number);
  return {passed, failed, failures: [...output.matchAll(/^Failed: (.+?)\r?$/gm)].map(([, name]) => name)};
}

/**
 * @param {Tally} a
 * @param {Tally} b
 * @returns {Tally}
 */
export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  failures: [...(a.failures ?? []), ...(b.failures ?? [])],
});
