// A reader who leaves the page in mid-run: hides the tab, reloads, goes elsewhere, or closes the tab.
export const name = 'reader leaves in mid-run';
export const rounds = 52;
const WAYS = ['hide', 'reload', 'go elsewhere', 'close'];

export async function round(number, {open, url}) {
  const page = await open();
  const way = WAYS[number % WAYS.length];
  const seed = 1000 + number;
  const left = await page.evaluate(
    async ({seed, number}) => {
      const {make, reaches, TRAINING} = globalThis.faults;
      const model = (globalThis.model = make(seed));
      await model.train({...TRAINING, steps: 1e6, saveInterval: 100_000});
      await reaches(model, 5 + ((number * 37) % 60));
      return model.step;
    },
    {seed, number},
  );
  if (way === 'hide') {
    await page.evaluate(async () => {
      const saved = new Promise((resolve, reject) => {
        globalThis.model.addEventListener('gpt-saved', resolve, {once: true});
        setTimeout(reject, 10_000, new Error('nothing was saved'));
      });
      Object.defineProperty(document, 'hidden', {value: true, configurable: true});
      document.dispatchEvent(new Event('visibilitychange'));
      await saved;
    });
    await page.close(); // without any further event
  } else if (way === 'reload') await page.reload();
  else if (way === 'go elsewhere') await page.goto(`${url}/elsewhere`);
  else await page.close({runBeforeUnload: true});
  if (way !== 'hide') await new Promise((resolve) => setTimeout(resolve, 300));
  if (!page.isClosed()) await page.close();
  const again = await open();
  try {
    const step = await again.evaluate(async (seed) => {
      const model = globalThis.faults.make(seed);
      await model.ready;
      const saved = await model.saved();
      if (saved) await model.restore();
      await model.discard();
      return saved ? model.step : -1;
    }, seed);
    if (step < left)
      throw new Error(`${way}: left at step ${left}, ${step < 0 ? 'nothing was saved' : `saved is ${step}`}`);
    return {way};
  } finally {
    await again.close();
  }
}
