// Files that do not arrive at first: offline, refused or missing. The reader sees a sentence; trying again succeeds.
export const name = 'files missing at first';
export const rounds = 60;
const ENDS = ['abort', 404, 503, 'slow abort'];

export async function round(number, {openWith}) {
  let down = true;
  const end = ENDS[number % ENDS.length];
  // Which of the files are down: worker script, wasm binaries, and the code that is loaded on demand.
  const mask = 1 + (number % 7);
  const hit = (path) =>
    (mask & 1 && /engine\.worker\.js$/.test(path)) ||
    (mask & 2 && /\.wasm$/.test(path)) ||
    (mask & 4 && /\/(?!page\.js|engine\.worker)[\w-]+\.js$/.test(path));
  const page = await openWith(async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (!down || !hit(path)) return route.continue();
    if (end === 'slow abort') await new Promise((resolve) => setTimeout(resolve, 50));
    return typeof end === 'number' ? route.fulfill({status: end, body: 'no'}) : route.abort();
  });
  try {
    const first = await page.evaluate(async (number) => {
      const model = (globalThis.model = globalThis.faults.make(2000 + number));
      return model.ready.then(
        () => ({thread: model.backend.thread}),
        ({code, message}) => ({code, message}),
      );
    }, number);
    if (first.message && /dynamically imported|TypeError|undefined/.test(first.message))
      throw new Error(`mask ${mask}, ${end}: ${first.message}`);
    down = false;
    await page.evaluate(async () => {
      await globalThis.model.stepOnce();
      await globalThis.model.discard().catch(() => {});
    });
    return {first: first.message ?? `ran (${first.thread})`};
  } catch (error) {
    throw new Error(`mask ${mask}, ${end}: ${error.message}`);
  } finally {
    await page.close();
  }
}
