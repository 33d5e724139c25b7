// The stories as tests: each is rendered in Chromium, its play function run, and axe fails on violations.
import {fileURLToPath} from 'node:url';
import {storybookTest} from '@storybook/addon-vitest/vitest-plugin';
import {playwright} from '@vitest/browser-playwright';
import {defineConfig} from 'vitest/config';
import {browserArguments, cpuThrottling, findBrowser} from './scripts/browser.mjs';
import {lit, prebundled} from './scripts/prebundled.mjs';
import {bundleWorkers} from './scripts/worker-bundle.mjs';

const configDir = fileURLToPath(new URL('.storybook', import.meta.url));

export default defineConfig({
  plugins: [bundleWorkers(), storybookTest({configDir, disableAddonDocs: true})],
  optimizeDeps: {include: [...lit, ...prebundled]},
  test: {
    name: 'storybook',
    env: {CPU_THROTTLING: `${cpuThrottling}`},
    setupFiles: ['.storybook/cpu-throttling.ts'],
    testTimeout: 300_000, // as long as a unit test may take: a story waits for states, however slow the machine is
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({launchOptions: {executablePath: findBrowser(), args: browserArguments}}),
      api: {allowExec: true, allowWrite: true}, // the session that slows the page down wants both
      instances: [{browser: 'chromium'}],
    },
  },
});
