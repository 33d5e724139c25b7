import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import {browserArguments, cpuThrottling, findBrowser} from './scripts/browser.mjs';
import {prebundled} from './scripts/prebundled.mjs';
import {filesOfShard, freePort} from './scripts/unit-shards.mjs';
import {bundleWorkers, emulateDevice, jsToTs, prebundle} from './scripts/wtr-plugins.mjs';
import {tallyReporter} from './scripts/wtr-tally.mjs';

const tsconfig = fileURLToPath(new URL('tsconfig.json', import.meta.url));

const {TALLY_FILE, UNIT_SHARD} = process.env; // set by `npm test`

export default {
  files: UNIT_SHARD ? filesOfShard(Number(UNIT_SHARD)) : 'src/**/*.test.ts',
  port: UNIT_SHARD ? await freePort() : undefined,
  nodeResolve: {exportConditions: ['production', 'default']}, // Lit without its dev-mode warning
  middleware: [jsToTs],
  plugins: [
    bundleWorkers(),
    prebundle(prebundled),
    emulateDevice(),
    esbuildPlugin({ts: true, json: true, target: 'es2022', tsconfig}),
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {executablePath: findBrowser(), args: browserArguments},
      createPage: async ({context}) => {
        const page = await context.newPage();
        await page.emulateCPUThrottling(cpuThrottling);
        return page;
      },
    }),
  ],
  concurrency: 1,
  testFramework: {config: {timeout: 300_000}}, // software adapters compile slowly
  testsFinishTimeout: 1_200_000, // a file, on a slow machine
  reporters: [defaultReporter(), ...(TALLY_FILE ? [tallyReporter(TALLY_FILE)] : [])],
  coverageConfig: {include: ['src/**'], report: true, reporters: ['text-summary', 'lcovonly']},
};
