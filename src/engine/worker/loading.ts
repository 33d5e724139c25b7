import {canceled} from '../errors.js';
import type {CheckpointSpec, LoadedFact} from '../protocol.js';
import {openCheckpointSpec} from './checkpoint-files.js';
import {continuesIn, readRun, specOfLoaded} from './continue-run.js';
import type {FactSender} from './fact-sender.js';
import type {ModelMaker} from './model-maker.js';
import type {Entry, Models} from './models.js';
import {superseded} from './openings.js';
import type {SavedRuns} from './saved-runs.js';

/** What models are loaded with. */
interface LoadingParts {
  facts: FactSender;
  models: Models;
  maker: ModelMaker;
  saved: SavedRuns;
  /** Runs work on the backend when it is free. */
  turn<T>(work: () => Promise<T>): Promise<T>;
}

/** Loads models from files in the place of open ones. */
export class Loading {
  readonly #parts: LoadingParts;

  constructor(parts: LoadingParts) {
    this.#parts = parts;
  }

  /**
   * Replaces a model by what lies in files; a run of the model itself continues in it. Everything is read and checked before the model is
   * touched.
   * @throws {EngineError} `canceled` after an abort, or where the model was closed or replaced meanwhile; and what reading the files throws
   */
  async load(before: Entry, checkpoint: CheckpointSpec, signal: AbortSignal): Promise<LoadedFact> {
    const {facts, models, maker, saved, turn} = this.#parts;
    const {name, spec: specBefore} = before.model;
    const listener = maker.listenerOf(before.model);
    const opened = await openCheckpointSpec(checkpoint, listener, signal);
    const spec = specOfLoaded(specBefore, checkpoint, opened.run);
    const run = opened.run && continuesIn(before.model, opened.run, opened) ? opened.run : undefined;
    const built = run ? undefined : await maker.makeLoaded(before.model, spec, opened, listener, signal);
    try {
      const {model} = await models.change(name, async (entry) => {
        if (signal.aborted) throw canceled();
        if (entry !== before) throw superseded(name);
        const autosave = run && (await readRun(run, entry.model, signal));
        if (signal.aborted) throw canceled();
        await entry.run.haltFor(async () => {
          if (built) await this.#replace(entry, built);
          else await turn(() => entry.model.continueFrom(autosave!));
        });
        const next = built ?? entry;
        if (next.model.step > 0) await saved.save(next.model);
        facts.flush(entry.model);
        facts.setStatus(next.model, next.model.step > 0 ? 'paused' : 'idle');
        return next;
      });
      const {notes, tensors} = opened;
      const {spec: made, facts: told, history} = model;
      return {spec: made, facts: told, history, notes, tensors: [...tensors]};
    } catch (error) {
      // The model may have been closed while the other was built. Where the device is lost, its memory is gone with it.
      if (built && models.get(name) !== built) await turn(async () => built.model.dispose()).catch(() => {});
      throw error;
    }
  }

  /** Puts a model in the place of another, which is freed. */
  async #replace(before: Entry, next: Entry): Promise<void> {
    const {models, saved, turn} = this.#parts;
    if (before.model.step > 0) await saved.save(before.model); // what it has learned can be restored
    models.set(before.model.name, next);
    await turn(async () => before.model.dispose());
  }
}
