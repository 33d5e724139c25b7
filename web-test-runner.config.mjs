import {esbuildPlugin} from '@web/dev-server-esbuild';
import {chromeLauncher} from '@web/test-runner-chrome';
import {browserArguments, findBrowser} from './scripts/browser.mjs';
import {prebundled} from './scripts/prebundled.mjs';
import {jsToTs, prebundle} from './scripts/wtr-plugins.mjs';

export default {
  files: 'src/**/*.test.ts',
  nodeResolve: {exportConditions: ['production', 'default']}, // Lit without its dev-mode warning
  middleware: [jsToTs],
  plugins: [
    prebundle(prebundled),
    esbuildPlugin({ts: true, json: true, target: 'es2022', tsconfig: new URL('tsconfig.json', import.meta.url).pathname}),
  ],
  browsers: [chromeLauncher({launchOptions: {executablePath: findBrowser(), args: browserArguments}})],
  concurrency: 1,
  testFramework: {config: {timeout: 30_000}},
  coverageConfig: {include: ['src/**'], report: true, reporters: ['text-summary', 'lcovonly']},
};
