import type {LiveModel, ModelSpec} from '../../state/index.js';
import type {BpeSpec} from '../../tokenizers/bpe/spec.js';

/** Gives a tokenizer to the model of the page, and takes it back again. */
export class Adoption {
  /** The tokenizer that the reader wants to use, while the question stands whether the model may start anew. */
  asked?: BpeSpec;
  /** The tokenizer that was given to the model here. */
  used?: BpeSpec;
  /** What is being done with the model. */
  busy = false;
  problem = '';

  /** The model as it was. */
  #before?: {model: LiveModel; spec: ModelSpec; saved: boolean};
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether the model still has the tokenizer that was given to it here. */
  isIn(model: LiveModel | undefined): boolean {
    return this.used !== undefined && this.#before?.model === model && model?.spec.tokenizer === this.used;
  }

  /** Asks first where training would be left behind. */
  use(model: LiveModel, spec: BpeSpec): void {
    this.problem = '';
    if (model.step > 0 || model.spec.pretrained) this.asked = spec;
    else void this.confirm(model, spec);
    this.#changed();
  }

  keep = (): void => {
    this.asked = undefined;
    this.#changed();
  };

  /** The corpus is cut into the new tokens, and the model starts anew: its vocabulary has another size. */
  async confirm(model: LiveModel, spec: BpeSpec): Promise<void> {
    this.asked = undefined;
    const {pretrained: _, ...before} = model.spec; // weights that were shipped fit their own tokenizer alone
    await this.#do(async () => {
      const saved =
        model.step > 0 &&
        (await model.save().then(
          () => true,
          () => false, // without a store, undo brings back the model but not its training
        ));
      this.#before = {model, spec: model.spec, saved};
      this.used = spec;
      model.spec = {...before, tokenizer: spec};
      await model.ready;
    });
  }

  undo = (): Promise<void> =>
    this.#do(async () => {
      const before = this.#before;
      this.used = this.#before = undefined;
      if (!before) return;
      before.model.spec = before.spec;
      await before.model.ready;
      if (before.saved) await before.model.restore();
    });

  async #do(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = '';
    this.#changed();
    try {
      await work();
    } catch (error) {
      this.problem = (error as Error).message;
    }
    this.busy = false;
    this.#changed();
  }
}
