// Everything, from a clean clone: what `.ci/run` calls. Each stage is timed; the last line sums the tests up.

import {installBrowser} from './install-browser.mjs';
import {installNode} from './node.mjs';
import {run} from './run.mjs';
import {runLanes, runStages} from './stages.mjs';
import {add, closeWith, failure, nothing, readTally} from './tally.mjs';

const env = {CI: '1', NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1', STORYBOOK_DISABLE_TELEMETRY: '1'};
const npm = (args, options) => run('npm', args, {env, ...options});
const script = (name) => ({name, run: (options) => npm(['run', '--silent', name], options)});

let sum = nothing;
/** A stage of tests: its closing line goes into the sum; one without such a line counts as a failure. */
const tests = (name) => ({
  name,
  async run(options) {
    const result = await npm(['run', '--silent', name], options);
    sum = add(sum, readTally(result.output) ?? nothing);
    if (result.code !== 0 && !readTally(result.output)?.failed)
      sum = add(sum, failure(name, 'it ended early'));
    return result;
  },
});

const ready = await runStages([
  {
    name: 'packages',
    needed: true,
    run: () => npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']),
  },
  {
    name: 'Node and browser',
    needed: true,
    async run() {
      await installNode();
      await installBrowser();
      return {code: 0};
    },
  },
]);
// Two lanes, the second of which runs two browsers at first: tests wait for timers, workers and frames while others compute.
// The site's tests build the site, and take along the Storybook that was built before.
const good =
  ready &&
  (await runLanes([
    ['check', 'build:lib', 'build:storybook'].map(script).concat(tests('test:dist'), tests('test:site')),
    [tests('test')],
  ]));
// Types, lint or a build that failed: a failure too, so that the closing line never looks better than the run was.
if (!good && sum.failed === 0) sum = add(sum, failure('a stage', 'see the table above'));
console.log();
closeWith(sum);
