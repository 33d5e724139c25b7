// Everything, from a clean clone: what `.ci/run` calls. Each stage is timed; the last line sums the tests up.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {installNode} from './node.mjs';
import {root, run} from './run.mjs';
import {installBrowser} from './setup.mjs';
import {runStages} from './stages.mjs';
import {add, closeWith, readTally} from './tally.mjs';

const env = {CI: '1', NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1', STORYBOOK_DISABLE_TELEMETRY: '1'};
const npm = (...args) => run('npm', args, {env});
const stage = (name, ...args) => ({name, run: async () => (await npm(...args)).code === 0});
const script = (name) => stage(name, 'run', '--silent', name);

let sum = {passed: 0, failed: 0};
/** A stage of tests: its closing line goes into the sum; one without such a line counts as a failure. */
const tests = (name) => ({
  name,
  async run() {
    const {code, output} = await npm('run', '--silent', name);
    const tally = readTally(output) ?? {passed: 0, failed: 0};
    if (code !== 0 && tally.failed === 0) tally.failed = 1;
    sum = add(sum, tally);
    return code === 0;
  },
});

const good = await runStages([
  {...stage('packages', 'ci', '--no-audit', '--no-fund', '--loglevel=error'), needed: true},
  {
    name: 'browser',
    needed: true,
    run: () =>
      installNode()
        .then(installBrowser)
        .then(() => true),
  },
  script('check'),
  script('build'),
  tests('test'),
  tests('test:dist'),
  ...(existsSync(join(root, 'scripts/test-site.mjs')) ? [tests('test:site')] : []),
]);
// Types, lint or a build that failed: a failure too, so that the closing line never looks better than the run was.
if (!good && sum.failed === 0) sum.failed = 1;
console.log();
closeWith(sum);
