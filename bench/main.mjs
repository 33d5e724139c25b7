// `npm run bench`: installs what is missing, the bench's own packages too, and runs the bench.
import {parseArgs} from 'node:util';
import {installBrowser} from '../scripts/install-browser.mjs';
import {installPackages} from '../scripts/install-packages.mjs';
import {installNode} from '../scripts/node.mjs';

const {values: options} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    only: {type: 'string'},
    list: {type: 'boolean', default: false},
    backends: {type: 'string'},
    preset: {type: 'string'},
    steps: {type: 'string'},
  },
});

await installPackages();
await installPackages({folder: 'bench'});
await installNode();
await installBrowser();
const {listGroups, runBench} = await import('./bench.mjs');
if (options.list) listGroups();
else await runBench(options);
