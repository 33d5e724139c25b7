// What `npm run build:lib` made, as its users meet it: the package (scripts/package/checks.mjs), and dist/cdn from
// another origin.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {parseAst} from 'rolldown/parseAst';
import {launchBrowser} from './browser.mjs';
import {tags} from './package/bundles.mjs';
import {packageTests} from './package/checks.mjs';
import {closureOf, zippedSize} from './package/closure.mjs';
import {ADDED_KB, ALONE_KB, LARGER_KB} from './package/size-bounds.mjs';
import {root} from './run.mjs';
import {serve} from './static-server.mjs';
import {add, closeWith, failure, nothing, success} from './tally.mjs';

const dist = join(root, 'dist');

/** A name of a flag that only tfjs has; minifiers keep strings. */
const TFJS_MARK = 'DEPRECATION_WARNINGS_ENABLED';
const holdsTfjs = (path) => readFileSync(join(dist, path), 'utf8').includes(TFJS_MARK);

/** A page on one origin that takes the library from another. */
async function openPage(body, prepare = async () => {}, policy = undefined) {
  const files = await serve(dist, {cors: true, headers: {'cache-control': 'max-age=600'}}); // as a CDN does
  const site = await serve(dist, {
    headers: policy && {'content-security-policy': policy(files.url)},
    pages: {
      '/page.html': `<!doctype html><html lang="en"><title>page</title><link rel="icon" href="data:,">
        <script type="module" src="${files.url}/cdn/autoloader.js"></script>${body}`,
    },
  });
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', ({message}) => problems.push(message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await prepare(page);
  await page.goto(`${site.url}/page.html`);
  return {
    page,
    problems,
    requests: files.requests,
    /** Of the page's own origin. */
    ownRequests: site.requests,
    async close() {
      await page.close();
      files.close();
      site.close();
    },
  };
}

const tests = {
  ...packageTests,

  async 'each worker is one script that imports no other, and the one for text is without tfjs'() {
    for (const name of ['engine.worker.js', 'text.worker.js']) {
      const {body} = parseAst(readFileSync(join(dist, 'engine', name), 'utf8'));
      assert.deepEqual(
        body.filter(
          ({type, source}) => type === 'ImportDeclaration' || (type.startsWith('Export') && source),
        ),
        [],
        name,
      );
    }
    assert.ok(
      holdsTfjs('engine/engine.worker.js'),
      'the mark by which tfjs is known is gone: choose another',
    );
    assert.ok(!holdsTfjs('engine/text.worker.js'));
  },

  async 'an attention-matrix with data of its own loads no tfjs and starts no worker'() {
    const {page, problems, requests, close} = await openPage('<attention-matrix></attention-matrix>');
    try {
      const drawn = await page.evaluate(async () => {
        await customElements.whenDefined('attention-matrix');
        const element = document.querySelector('attention-matrix');
        element.tokens = ['The', ' cat', ' sat'];
        element.weights = [
          [1, 0, 0],
          [0.4, 0.6, 0],
          [0.2, 0.7, 0.1],
        ];
        await element.updateComplete;
        await new Promise((resolve) => setTimeout(resolve, 1000)); // whatever it might still ask for
        return element.shadowRoot.textContent;
      });
      assert.match(drawn, /cat/);
      assert.deepEqual(problems, []);
      assert.equal(page.workers().length, 0);
      assert.deepEqual(
        requests.filter(
          (path) => /\.worker\.js$|\.wasm$/.test(path) || (path.endsWith('.js') && holdsTfjs(path)),
        ),
        [],
      );
    } finally {
      await close();
    }
  },

  async 'a lone attention-matrix shows the model that ships trained, fetched from beside the worker'() {
    const {page, problems, requests, close} = await openPage(
      '<attention-matrix text="Mia saw a big red kite. She hid the kite."></attention-matrix>',
    );
    try {
      const {facts, history, tokens, text} = await page.evaluate(async () => {
        await customElements.whenDefined('attention-matrix');
        const {getModel} = await import(
          document.querySelector('script[src]').src.replace('autoloader', 'index')
        );
        const {shadowRoot} = document.querySelector('attention-matrix');
        const drawn = () => shadowRoot.querySelector('.visually-hidden table'); // comes with the weights
        while (!drawn()) await new Promise((resolve) => setTimeout(resolve, 50));
        const {facts, history, tokenizer} = getModel('default');
        const ids = tokenizer.encode(document.querySelector('attention-matrix').text);
        return {
          facts,
          history,
          tokens: ids.map((id) => tokenizer.token(id)),
          text: shadowRoot.querySelector('.notable').textContent.replace(/\s+/g, ' '),
        };
      });
      // Nobody chose a head: it starts with one whose pattern a reader can see in the text.
      const pattern = text.match(/This head’s pattern is “(.+?)”: .*?(\d+) % of its attention/);
      assert.equal(pattern?.[1], 'repeated thing', text);
      assert.ok(Number(pattern[2]) >= 90, text);
      assert.equal(facts.pretrained, 'tiny-tales');
      assert.deepEqual([facts.step, history.steps.length], [0, 0], 'opening trains nothing');
      assert.deepEqual(tokens.slice(0, 7), ['Mia', ' saw', ' a', ' big', ' red', ' kite', '.']);
      assert.equal(requests.filter((path) => path === '/engine/tiny-tales.safetensors').length, 1);
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async 'no element breaks the content security policy of the guide, which allows no inline styles'() {
    const {page, problems, close} = await openPage(
      `<gpt-model id="small" seed="1" config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 32}'></gpt-model>
       ${tags.map((tag) => `<${tag} for="small"></${tag}>`).join('')}`,
      async () => {},
      (cdn) =>
        `default-src 'none'; script-src ${cdn} 'wasm-unsafe-eval'; worker-src blob: ${cdn}; connect-src ${cdn}; ` +
        `style-src 'self'; img-src data: blob:`,
    );
    try {
      const colors = await page.evaluate(async (tags) => {
        await Promise.all(tags.map((tag) => customElements.whenDefined(tag)));
        const model = document.querySelector('gpt-model');
        await model.ready;
        await model.train({steps: 3, evalInterval: 0, sampleInterval: 0, saveInterval: 0});
        while (model.live.step < 3) await new Promise((resolve) => setTimeout(resolve, 50));
        document.querySelector('attention-matrix').scrollIntoView();
        const matrix = document.querySelector('attention-matrix').shadowRoot;
        while (!matrix.querySelector('.visually-hidden table'))
          await new Promise((resolve) => setTimeout(resolve, 50));
        await Promise.all(tags.map((tag) => document.querySelector(tag).updateComplete));
        return tags
          .map((tag) => document.querySelector(tag))
          .filter((element) => element.shadowRoot && element.shadowRoot.adoptedStyleSheets.length === 0)
          .map(({localName}) => localName);
      }, tags);
      assert.deepEqual(colors, [], 'elements whose styles are no adopted style sheets');
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async 'in a sandboxed frame the engine runs in its worker as well'() {
    const {page, problems, close} = await openPage('', async (page) => {
      await page.route('**/frame.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: '<iframe sandbox="allow-scripts" src="page.html"></iframe>',
        }),
      );
    });
    try {
      await page.goto(page.url().replace('page.html', 'frame.html'));
      const frame = page.frames().find((frame) => frame.url().endsWith('/page.html'));
      const seen = await frame.evaluate(async () => {
        const {createModel} = await import(
          document.querySelector('script[src]').src.replace('autoloader', 'index')
        );
        const model = createModel();
        await model.ready;
        return {origin: globalThis.origin, thread: model.backend.thread};
      });
      assert.deepEqual(seen, {origin: 'null', thread: 'worker'});
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async 'where no worker can start, the console and the footer say so, once'() {
    const warnings = [];
    const {page, problems, close} = await openPage(
      '<attention-matrix></attention-matrix><multi-head-attention></multi-head-attention>',
      async (page) => {
        page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
      },
      // The guide's policy without the CDN in worker-src.
      (cdn) => `script-src ${cdn} 'wasm-unsafe-eval'; worker-src blob:; connect-src ${cdn}; style-src 'self'`,
    );
    try {
      const footer = page.locator('.facts', {hasText: 'main thread'});
      await footer.waitFor({timeout: 90_000});
      assert.match(await footer.textContent(), /on the page’s main thread, because no worker could start/);
      const told = warnings.filter((text) => text.startsWith('gpt-elements: no worker could start'));
      assert.equal(told.length, 1, warnings.join('\n'));
      assert.ok(
        problems.every((text) => text.includes('Content Security Policy')),
        problems.join('\n'),
      );
    } finally {
      await close();
    }
  },

  async 'setBasePath says where the worker lies, and the weights beside it'() {
    const {page, problems, requests, ownRequests, close} = await openPage('');
    try {
      const step = await page.evaluate(async () => {
        const {createModel, setBasePath} = await import(
          document.querySelector('script[src]').src.replace('autoloader', 'index')
        );
        setBasePath('/engine/');
        return (await createModel().ready).step;
      });
      assert.equal(step, 0);
      for (const path of ['/engine/engine.worker.js', '/engine/tiny-tales.safetensors']) {
        assert.ok(ownRequests.includes(path), path);
        assert.ok(!requests.includes(path), path);
      }
      assert.deepEqual(problems, []);
    } finally {
      await close();
    }
  },

  async 'no element weighs more than its bound, alone or added to a page that has all others'() {
    const cdn = join(dist, 'cdn');
    const closures = new Map(tags.map((tag) => [tag, closureOf(cdn, `${tag}.js`)]));
    const over = [];
    for (const [tag, files] of closures) {
      const others = new Set(
        tags.filter((other) => other !== tag).flatMap((other) => [...closures.get(other)]),
      );
      const sizes = {
        alone: zippedSize(cdn, files) / 1000,
        added:
          zippedSize(
            cdn,
            [...files].filter((name) => !others.has(name)),
          ) / 1000,
      };
      const bounds = {alone: ALONE_KB, added: ADDED_KB, ...LARGER_KB[tag]};
      console.log(`        ${tag}: ${sizes.alone.toFixed(1)} kB alone, ${sizes.added.toFixed(1)} kB added`);
      for (const [what, size] of Object.entries(sizes))
        if (size > bounds[what])
          over.push(`${tag} ${what}: ${size.toFixed(1)} kB instead of ${bounds[what]}`);
    }
    assert.deepEqual(over, []);
  },

  async 'a bpe-tokenizer costs at most 18.4 kB beyond Lit and its ranks, which are loaded once'() {
    const {page, problems, requests, close} = await openPage(
      '<bpe-tokenizer></bpe-tokenizer><bpe-tokenizer></bpe-tokenizer>',
    );
    try {
      const tokens = await page.evaluate(async () => {
        await customElements.whenDefined('bpe-tokenizer');
        const element = document.querySelector('bpe-tokenizer');
        if (!element.ids) await new Promise((resolve) => element.addEventListener('gpt-tokens', resolve));
        element.text = 'Hello tokenizer';
        await element.updateComplete;
        await new Promise((resolve) => setTimeout(resolve, 1000)); // whatever it might still ask for
        return element.ids;
      });
      assert.deepEqual(tokens, [15496, 11241, 7509]);
      assert.deepEqual(problems, []);
      const files = [...new Set(requests)].filter((path) => path !== '/cdn/autoloader.js');
      const ranks = requests.filter((path) => path.startsWith('/engine/ranks-'));
      assert.deepEqual(ranks, ['/engine/ranks-gpt2.js']);
      assert.ok(
        files.some((path) => /^\/cdn\/lit-/.test(path)),
        'Lit is no file of its own any more',
      );
      const beyond = files.filter((path) => !/^\/(cdn\/lit|engine\/ranks)-/.test(path));
      const size = beyond.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
      assert.ok(size <= 18_400, `${size} bytes, gzipped: ${beyond.join(' ')}`);
      console.log(`        ${size} bytes beyond Lit, gzipped`);
    } finally {
      await close();
    }
  },

  async 'where its ranks cannot be loaded, a bpe-tokenizer says so, and tries again when asked'() {
    const {page, close} = await openPage('<bpe-tokenizer text="Hello"></bpe-tokenizer>', (page) =>
      page.route('**/ranks-gpt2.js', (route) => route.abort(), {times: 1}),
    );
    try {
      const retry = page.getByRole('button', {name: 'Try again'});
      await retry.waitFor();
      assert.match(await page.getByRole('alert').textContent(), /could not be loaded/);
      await retry.click();
      await page.getByRole('option', {name: 'Hello'}).waitFor();
    } finally {
      await close();
    }
  },

  async 'a bpe-trainer trains in its worker from another origin, without tfjs and without the engine'() {
    const {page, problems, requests, close} = await openPage('<bpe-trainer merges="50"></bpe-trainer>');
    try {
      const learned = await page.evaluate(async () => {
        await customElements.whenDefined('bpe-trainer');
        const element = document.querySelector('bpe-trainer');
        while (element.learned === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        return element.learned;
      });
      assert.equal(learned, 50);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        requests.filter((path) => /\.worker\.js$|\.wasm$/.test(path)),
        ['/engine/text.worker.js'],
      );
      assert.deepEqual(
        requests.filter((path) => path.endsWith('.js') && holdsTfjs(path)),
        [],
      );
    } finally {
      await close();
    }
  },

  async 'a gpt-trainer trains, with the worker from another origin'() {
    const {page, problems, requests, close} = await openPage(
      '<gpt-model preset="nano"><gpt-trainer></gpt-trainer></gpt-model>',
    );
    try {
      const {losses, thread} = await page.evaluate(async () => {
        await Promise.all(['gpt-model', 'gpt-trainer'].map((tag) => customElements.whenDefined(tag)));
        const model = document.querySelector('gpt-model');
        const losses = [];
        const third = new Promise((resolve, reject) => {
          model.addEventListener('gpt-step', ({detail}) => losses.push(detail.loss) === 3 && resolve());
          model.addEventListener('gpt-error', ({detail}) => reject(new Error(detail.message)));
        });
        await model.train({steps: 3, evalInterval: 0, sampleInterval: 0, saveInterval: 0});
        await third;
        return {losses, thread: model.backend.thread};
      });
      assert.equal(thread, 'worker');
      for (const loss of losses) assert.ok(loss > 1 && loss < 10, `a loss of ${loss}`);
      assert.deepEqual(problems, []);
      assert.equal(requests.filter((path) => path === '/engine/engine.worker.js').length, 1);
    } finally {
      await close();
    }
  },

  async 'a run that weights-io saves goes on in a fresh page with the same losses and weights, bit for bit'() {
    const model = (id, seed) =>
      `<gpt-model id="${id}" backend="wasm" seed="${seed}" config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 16, "dropRate": 0.1}'></gpt-model>`;
    /** Trains to a step; returns the loss of every step so far, and the bits of all weights. */
    const trainTo = async ([id, step]) => {
      await customElements.whenDefined('gpt-model');
      const {live} = document.getElementById(id);
      while (live.step < step) await live.stepOnce();
      const weights = [...(await live.weights())].map(([name, {data}]) => [
        name,
        [...new Uint32Array(Float32Array.from(data).buffer)],
      ]);
      return {losses: live.history.steps.map(({loss}) => loss), weights, backend: live.backend.name};
    };
    const first = await openPage(
      `${model('whole', 1)}${model('half', 1)}<weights-io for="half"></weights-io>`,
    );
    const fresh = await openPage(`${model('other', 2)}<weights-io for="other"></weights-io>`);
    try {
      const whole = await first.page.evaluate(trainTo, ['whole', 60]);
      await first.page.evaluate(trainTo, ['half', 30]);
      const downloading = first.page.waitForEvent('download');
      await first.page.getByRole('button', {name: 'Download Checkpoint'}).click();
      const saved = await downloading;
      await fresh.page.locator('weights-io input[name="files"]').setInputFiles({
        name: saved.suggestedFilename(),
        mimeType: '',
        buffer: readFileSync(await saved.path()),
      });
      await fresh.page.getByText('Its run stands at step 30').waitFor({timeout: 60_000});
      const resumed = await fresh.page.evaluate(trainTo, ['other', 60]);
      assert.equal(resumed.backend, 'wasm');
      assert.deepEqual(resumed.losses, whole.losses);
      assert.deepEqual(resumed.weights, whole.weights);
      assert.equal(new Set(whole.losses).size, 60, 'nothing was learned');
      assert.deepEqual([...first.problems, ...fresh.problems], []);
    } finally {
      await first.close();
      await fresh.close();
    }
  },

  async 'the GPT-2 tokenizer finds its vocabulary beside the worker'() {
    const {page, problems, requests, close} = await openPage(
      `<gpt-model tokenizer="gpt2" config='{"embDim": 8, "nHeads": 1, "nLayers": 1, "contextLength": 8}'></gpt-model>`,
    );
    try {
      const ids = await page.evaluate(async () => {
        await customElements.whenDefined('gpt-model');
        const model = document.querySelector('gpt-model');
        await model.ready;
        return model.encode('Hello tokenizer');
      });
      assert.deepEqual(ids, [15496, 11241, 7509]); // as Python's tiktoken has it
      assert.deepEqual(problems, []);
      assert.ok(requests.includes('/engine/ranks-gpt2.js'));
    } finally {
      await close();
    }
  },
};

/** A page that waits for what never comes fails its test instead of holding everything up. */
const inTime = (promise) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('not done after two minutes')), 120_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

if (!existsSync(join(dist, 'cdn/autoloader.js')))
  console.error('dist/ is not built, or not to the end: run `npm run build:lib` first.');
const words = process.argv.slice(2);
const chosen = Object.entries(tests).filter(
  ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
);
let sum = nothing;
const browser = await launchBrowser();
for (const [name, test] of chosen) {
  try {
    await inTime(test());
    console.log(`ok      ${name}`);
    sum = add(sum, success);
  } catch (error) {
    console.log(`FAILED  ${name}\n        ${error.message.slice(0, 1000)}`);
    sum = add(sum, failure(name, error));
  }
}
await browser.close();
console.log();
closeWith(sum);
