// How much a page transfers before its engine starts, as a web host that compresses with gzip would send it.
import {gzipSync} from 'node:zlib';

/** What belongs to the engine: workers, TensorFlow.js, its wasm, weights; and the tables of tokenizers that come as files. */
const ENGINE = /worker|tfjs|tensorflow|\.wasm$|\.safetensors$|\/(gpt2|cl100k_base|o200k_base)\.[^/]*js$/;
const COMPRESSED_ALREADY = /\.(woff2|png|webp|avif)$/;

/** @returns bytes, until the first request of the engine or until the network has been quiet for half a second */
export async function transferBeforeEngine(browser, site, path) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  const page = await context.newPage();
  let hasStarted = false;
  const sizes = [];
  page.on('request', (request) => {
    if (ENGINE.test(request.url())) hasStarted = true;
  });
  page.on('response', (response) => {
    if (hasStarted) return;
    sizes.push(
      response
        .body()
        .then((body) => (COMPRESSED_ALREADY.test(response.url()) ? body : gzipSync(body)).length),
    );
  });
  await page.goto(site + path, {waitUntil: 'networkidle'});
  const all = await Promise.all(sizes);
  return {bytes: all.reduce((sum, size) => sum + size, 0), close: () => context.close()};
}
