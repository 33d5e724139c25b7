import {specKey} from '../../checkpoint/spec-key.js';
import {EngineError} from '../errors.js';
import type {ModelFacts, ModelSpec} from '../protocol.js';
import type {FactSender} from './fact-sender.js';
import {identityOf, type ModelMaker} from './model-maker.js';
import type {Models} from './models.js';
import type {SavedRuns} from './saved-runs.js';

/** A model that is being loaded. */
interface Opening {
  identity: string;
  abort: AbortController;
}

/** What models are opened and closed with. */
interface OpeningParts {
  facts: FactSender;
  models: Models;
  maker: ModelMaker;
  saved: SavedRuns;
  /** Runs work on the backend when it is free. */
  turn<T>(work: () => Promise<T>): Promise<T>;
}

/** Opens and closes models: of each name the newest spec counts, and whatever else was being loaded is given up. */
export class Openings {
  /** The newest `open` of each name, until it is done. */
  readonly #opening = new Map<string, Opening>();
  /** The model that each fork starts from, by name. */
  readonly #bases = new Map<string, string>();
  readonly #parts: OpeningParts;

  constructor(parts: OpeningParts) {
    this.#parts = parts;
  }

  async open(name: string, spec: ModelSpec, instance: number): Promise<ModelFacts> {
    this.#checkFork(name, spec);
    const identity = identityOf(spec, instance);
    let opening = this.#opening.get(name);
    if (opening?.identity !== identity) {
      opening?.abort.abort();
      opening = {identity, abort: new AbortController()};
      this.#opening.set(name, opening);
    }
    const {signal} = opening.abort;
    return this.#parts.models.inOrder(name, async () => {
      try {
        if (signal.aborted) throw superseded(name);
        return await this.#openNow(name, spec, instance, identity, signal);
      } catch (error) {
        throw signal.aborted ? superseded(name) : error;
      } finally {
        if (this.#opening.get(name) === opening) this.#opening.delete(name);
      }
    });
  }

  close(name: string): Promise<void> {
    this.#opening.get(name)?.abort.abort();
    this.#opening.delete(name);
    return this.#parts.models.inOrder(name, () => this.#closeNow(name));
  }

  async #openNow(
    name: string,
    spec: ModelSpec,
    instance: number,
    identity: string,
    signal: AbortSignal,
  ): Promise<ModelFacts> {
    const {models, maker, saved} = this.#parts;
    const known = models.get(name);
    if (known?.identity === identity) return known.model.facts;
    await this.#closeNow(name);
    const earlier = saved.find(specKey(spec)); // at the same time: storage may take a while to answer
    earlier.catch(() => {});
    const entry = await maker.make(name, spec, instance, signal);
    models.set(name, entry);
    const {model} = entry;
    await saved.offer(model, earlier);
    return model.facts;
  }

  async #closeNow(name: string): Promise<void> {
    const {facts, models, saved, turn} = this.#parts;
    const entry = models.get(name);
    if (!entry) return;
    models.delete(name);
    const {model, run} = entry;
    if (run.running) {
      await run.halt();
      await saved.save(model);
    }
    facts.flush(model);
    await turn(async () => model.dispose());
  }

  /** Models that wait for one another would wait forever. */
  #checkFork(name: string, {from}: ModelSpec): void {
    if (from === undefined) this.#bases.delete(name);
    else this.#bases.set(name, from);
    for (let base = from; base !== undefined; base = this.#bases.get(base))
      if (base === name)
        throw new EngineError(
          'config',
          `The model “${name}” starts from itself. Name another model in “from”.`,
        );
  }
}

export const superseded = (name: string): EngineError =>
  new EngineError('canceled', `The model “${name}” was closed or replaced before it was loaded.`);
