// Trains the model that ships, and one with random weights, to tell spam from ham; prints the accuracy on the test set.
//   node scripts/experiments/spam.mjs [--seeds 1,2,3,4,5] [--starts pretrained,random] [--tune blocks]
import {loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import {pageInBrowser} from '../page-in-browser.mjs';

const {values} = parseArgs({
  options: {
    seeds: {type: 'string', default: '1,2,3,4,5'},
    starts: {type: 'string', default: 'pretrained,random'},
    tune: {type: 'string', default: 'blocks'},
  },
});
const {open, close} = await pageInBrowser('scripts/experiments/spam-page.ts');
try {
  const page = await open();
  for (const start of values.starts.split(','))
    for (const seed of values.seeds.split(',').map(Number)) {
      const request = {seed, start, tune: values.tune};
      const result = await page.evaluate((asked) => globalThis.spamExperiment.run(asked), request);
      console.log(JSON.stringify({...request, ...result, load: loadavg()[0]}));
    }
} finally {
  await close();
}
