import {expect} from '@open-wc/testing';
import {LiveModel} from '../../state/live-model.js';
import type {EngineConnection} from '../page/connection.js';
import type {ModelSpec} from '../protocol.js';
import {connectInProcess, freshAutosaves, TINY_SPEC, TINY_TRAINING} from '../testing/in-process.js';
import {type Draw, failuresOf, must, QUICK, wait} from '../testing/rounds.js';

const sized = (embDim: number): ModelSpec => ({...TINY_SPEC, config: {...TINY_SPEC.config, embDim}});
const SPECS = [sized(8), sized(16), sized(24)];

/** What a page may ask of a model at any time; a refusal is an answer too. */
function ask(model: LiveModel, draw: Draw): void {
  const ignore = (work: Promise<unknown>) => void work.catch(() => {});
  const kind = draw(9);
  if (kind < 4) model.spec = {...SPECS[draw(3)]!};
  else if (kind === 4) ignore(model.train({...TINY_TRAINING, steps: 1e6}));
  else if (kind === 5) ignore(model.pause());
  else if (kind === 6) ignore(model.stepOnce());
  else if (kind === 7) ignore(model.reset());
  else ignore(model.close());
}

/** Whether the page's model and the engine's are the same one. */
async function agree(model: LiveModel): Promise<void> {
  await model.ready;
  await model.pause();
  const wanted = model.spec.config!.embDim!;
  const bias = (await model.weights(['ln_f.bias'])).get('ln_f.bias')!;
  must(model.facts!.config.embDim === wanted, `the page has ${model.facts!.config.embDim}, not ${wanted}`);
  must(bias.shape[0] === wanted, `the engine has ${bias.shape[0]}, not ${wanted}`);
  const {step} = await model.evaluate();
  must(model.step === step, `the page is at step ${model.step}, the engine at ${step}`);
  const told = model.history.steps.map((fact) => fact.step).join();
  must(told === Array.from({length: step}, (_, i) => i + 1).join(), `told were the steps ${told}`);
}

describe('requests on one model', () => {
  it('leave the page and the engine with the same model, whatever was asked in whatever rhythm', async () => {
    const failures = await failuresOf(50, async (draw) => {
      const model = new LiveModel(
        'm',
        SPECS[1]!,
        () => connectInProcess({...QUICK, autosaves: freshAutosaves()}),
        {
          backend: 'wasm',
        },
      );
      try {
        await model.train({...TINY_TRAINING, steps: 1e6});
        for (let n = 0; n < 6; n++) {
          ask(model, draw);
          if (draw(2)) await wait(draw(30));
        }
        await agree(model);
      } finally {
        await model.close();
      }
    });
    expect(failures).to.deep.equal([]);
  });

  it('show a model that is made again under its name nothing of the one before, which still saves', async () => {
    const failures = await failuresOf(50, async (draw) => {
      const engine = connectInProcess({...QUICK, autosaves: freshAutosaves()});
      const shared = (): EngineConnection => ({...engine, release() {}});
      const before = new LiveModel('m', SPECS[0]!, shared, {backend: 'wasm'});
      const after = new LiveModel('m', SPECS[draw(3)]!, shared, {backend: 'wasm'});
      try {
        await before.train({...TINY_TRAINING, steps: 1e6, saveInterval: 1 + draw(3)});
        await wait(draw(120));
        const closing = before.close();
        await wait(draw(4));
        let told = 0;
        after.addEventListener('gpt-step', () => told++);
        await after.ready;
        await closing;
        await wait(30);
        must(after.step === 0 && told === 0, `the new model is at step ${after.step}`);
        must(after.status === 'idle', `the new model is ${after.status}`);
        await agree(after);
      } finally {
        await after.close();
        engine.release();
      }
    });
    expect(failures).to.deep.equal([]);
  });
});
