// A worker that ends without an error event, at any moment: terminated from outside, or closed from inside.
export const name = 'worker ends without an event';
export const rounds = 50;

export async function round(number, {open}) {
  const page = await open();
  try {
    return await page.evaluate(async (number) => {
      const {make, reaches, workers, TRAINING} = globalThis.faults;
      const draw = (below) => (number * 7919 + 104729 * below) % below;
      const model = make(number);
      await model.train({...TRAINING, steps: 1e6, saveInterval: 1 + draw(9)});
      await reaches(model, 2 + draw(25));
      const started = workers.length;
      const {worker, kill} = workers.at(-1);
      const from = performance.now();
      if (number % 2) worker.terminate();
      else kill.postMessage('');
      await new Promise((resolve, reject) => {
        model.addEventListener('gpt-error', resolve, {once: true});
        setTimeout(reject, 30_000, new Error(`not noticed: ${model.status} at step ${model.step}`));
      });
      const ms = Math.round(performance.now() - from);
      await reaches(model, model.step + 12);
      if (workers.length !== started + 1) throw new Error(`${workers.length - started} workers were started`);
      if (model.status !== 'training') throw new Error(`the model is ${model.status}`);
      if (model.watch.different) throw new Error(`${model.watch.different} repeated steps differ`);
      await model.stop();
      await model.discard();
      return {ms};
    }, number);
  } finally {
    await page.close();
  }
}
