// The whole browser dies in mid-run: power, memory, a crash.
import {persistentBrowser} from './shared/persistent-browser.mjs';

export const name = 'browser killed in mid-run';
export const rounds = 25;

export async function round(number, {url}) {
  const browser = await persistentBrowser(url);
  try {
    const first = await browser.start();
    let saved = 0;
    await first.page.exposeFunction('tellSaved', (step) => (saved = step));
    await first.page.evaluate(async (seed) => {
      const {make, reaches, TRAINING} = globalThis.faults;
      const model = make(seed);
      model.addEventListener('gpt-saved', ({detail}) => globalThis.tellSaved(detail.step));
      await model.train({...TRAINING, steps: 1e6, saveInterval: 3});
      await reaches(model, 8 + (seed % 17));
    }, 3000 + number);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300)); // at any moment, also while a state is written
    await browser.kill(first);
    const second = await browser.start();
    const step = await second.page.evaluate(async (seed) => {
      const {make, reaches, TRAINING} = globalThis.faults;
      const model = make(seed);
      await model.ready;
      await model.restore();
      const {step} = model;
      await model.train({...TRAINING, steps: 1e6});
      await reaches(model, step + 3);
      const told = model.history.steps.map((fact) => fact.step).join();
      if (told !== Array.from({length: model.step}, (_, i) => i + 1).join())
        throw new Error('the curve has gaps');
      return step;
    }, 3000 + number);
    if (step < saved) throw new Error(`step ${saved} had been saved, and step ${step} was there`);
    return {step};
  } finally {
    await browser.remove();
  }
}
