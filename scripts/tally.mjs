// The closing line that every test command ends with: `N passed, N failed`.

/** Prints the line and sets the exit code. Nothing run counts as failed: a test that is never run proves nothing. */
export function closeWith({passed, failed}) {
  if (passed + failed === 0) console.error('No test was run.');
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}

/** Reads the closing line from a command's output; undefined where it has none. */
export function readTally(output) {
  const line = output.match(/^(\d+) passed, (\d+) failed\r?$/gm)?.at(-1);
  if (!line) return undefined;
  const [passed, failed] = line.match(/\d+/g).map(Number);
  return {passed, failed};
}

export const add = (a, b) => ({passed: a.passed + b.passed, failed: a.failed + b.failed});
