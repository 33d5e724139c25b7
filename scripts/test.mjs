// `npm test`: from a fresh clone to tested. Installs what is missing, runs the unit tests (Web Test Runner) and
// the stories' tests (vitest), and ends with one line: `N passed, N failed`.
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {installBrowser} from './install-browser.mjs';
import {installPackages} from './install-packages.mjs';
import {installNode} from './node.mjs';
import {root, run} from './run.mjs';
import {add, closeWith, failure, firstLine, nothing} from './tally.mjs';
import {SHARDS} from './unit-shards.mjs';
import {vendorWasm} from './vendor-wasm.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gpt-elements-'));

/** What a runner wrote about its tests; a runner that broke, or ran nothing, counts as one failure. */
function tallyOf(name, code, file, read) {
  const sum = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : {...nothing, skipped: 0};
  console.log(`\n${name}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  if (sum.passed + sum.failed === 0) console.error(`${name}: no test was run.`);
  const broken = sum.failed === 0 && (code !== 0 || sum.passed === 0);
  return broken ? add(sum, failure(name, 'the runner broke, or ran no test')) : sum;
}

/** The shards run at the same time. What the first prints is shown at once, that of the others at their end. */
async function unitTests() {
  console.log('\n── Unit tests');
  const shards = Array.from({length: SHARDS}, (_, i) => i + 1);
  const tallies = await Promise.all(
    shards.map(async (shard) => {
      const file = join(folder, `unit-${shard}.json`);
      const quiet = shard > 1;
      const env = {TALLY_FILE: file, UNIT_SHARD: `${shard}`};
      const {code, output} = await run('wtr', [], {env, quiet});
      if (quiet) console.log(output);
      return tallyOf(`Unit tests, part ${shard} of ${SHARDS}`, code, file, (sum) => sum);
    }),
  );
  return tallies.reduce(add);
}

async function storyTests() {
  console.log('\n── Story tests');
  const file = join(folder, 'stories.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const {code} = await run('vitest', ['run', ...reporters], {env: {STORYBOOK_DISABLE_TELEMETRY: '1'}});
  return tallyOf('Story tests', code, file, (result) => ({
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    skipped: result.numPendingTests + result.numTodoTests,
    failures: result.testResults.flatMap(({name: path, message, assertionResults}) => {
      const failed = assertionResults.filter(({status}) => status === 'failed');
      const named = failed.map(
        ({fullName, failureMessages}) => `${fullName}: ${firstLine(failureMessages[0])}`,
      );
      return message && failed.length === 0 ? [`${relative(root, path)}: ${firstLine(message)}`] : named;
    }),
  }));
}

let sum = nothing;
try {
  await installPackages();
  await installNode();
  vendorWasm();
  await installBrowser();
  sum = add(await unitTests(), await storyTests());
} catch (error) {
  console.error(`\n${error.message}`);
  sum = add(sum, failure('npm test', error));
} finally {
  rmSync(folder, {recursive: true, force: true});
}
console.log();
closeWith(sum);
