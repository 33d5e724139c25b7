import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {serve} from '../static-server.mjs';

/** Runs in the page: waits for the drawing, trains 20 steps, and says what computed them. */
async function visit() {
  const until = async (condition) => {
    for (let value; ; ) {
      if ((value = await condition())) return value;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await Promise.all(['gpt-model', 'attention-matrix'].map((tag) => customElements.whenDefined(tag)));
  const model = await until(() => document.querySelector('gpt-model#host'));
  const matrix = document.querySelector('attention-matrix');
  await model.ready;
  await until(() => matrix.shadowRoot.querySelector('.visually-hidden table')); // comes with the weights
  const cells = matrix.shadowRoot.querySelectorAll('.visually-hidden td').length;
  const losses = [];
  const trained = new Promise((resolve, reject) => {
    model.addEventListener('gpt-step', ({detail}) => losses.push(detail.loss) === 20 && resolve());
    model.addEventListener('gpt-error', ({detail}) => reject(new Error(detail.message)));
  });
  await model.train({steps: 20, evalInterval: 0, sampleInterval: 0, saveInterval: 0});
  await trained;
  const {name, thread, description} = model.backend;
  return {cells, losses, backend: name, thread, description};
}

/** Opens a served page and asserts that its elements work as they should; returns what was seen. */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', ({message}) => problems.push(message));
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()),
  );
  page.on('requestfailed', (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
  // What the host's own theme takes from CDNs, and the icon that browsers ask for: of no interest here.
  await page.route(/^https:|\/favicon\.ico$/, (route) =>
    route.fulfill({body: '', contentType: 'text/javascript'}),
  );
  try {
    await page.goto(url);
    const seen = await Promise.race([
      page.evaluate(visit),
      new Promise((_, reject) =>
        setTimeout(
          () => reject(new Error(`not done after three minutes: ${problems.join('\n')}`)),
          180_000,
        ).unref(),
      ),
    ]);
    assert.deepEqual(
      problems.filter((text) => !/\[vite\]|React DevTools|Lit is in dev mode/.test(text)),
      [],
    );
    assert.equal(seen.thread, 'worker');
    assert.equal(seen.backend, 'wasm');
    assert.ok(seen.cells > 0, 'the matrix has no cells');
    assert.equal(seen.losses.length, 20);
    assert.ok(
      seen.losses.at(-1) < seen.losses[0],
      `the loss went from ${seen.losses[0]} to ${seen.losses.at(-1)}`,
    );
    return {backend: `${seen.backend}, ${seen.description}`, thread: seen.thread, steps: 20};
  } finally {
    await page.close();
  }
}

/** Serves a host's site, the library from another origin where the host wants that, and opens it. */
export async function openSite(browser, {crossOrigin, headers}, {folder, site}) {
  const close = [];
  try {
    let options = {};
    if (crossOrigin) {
      const cdn = await serve(join(folder, 'node_modules/gpt-elements/dist'), {cors: true});
      close.push(cdn.close);
      const page = readFileSync(join(site, 'index.html'), 'utf8').replace('./gpt-elements/', `${cdn.url}/`);
      options = {headers: headers(cdn.url), pages: {'/index.html': page}};
    }
    const server = await serve(site, options);
    close.push(server.close);
    return await openPage(browser, `${server.url}/index.html`);
  } finally {
    for (const end of close) end();
  }
}
