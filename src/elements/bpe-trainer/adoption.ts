import type {LiveModel} from '../../state/index.js';
import type {BpeSpec} from '../../tokenizers/bpe/spec.js';
import {type Before, bringBack, keep, unsavedWords} from '../../ui/model/before.js';

/** Gives a tokenizer to the page's model, and undoes that. */
export class Adoption {
  /** The tokenizer that the reader wants to use, until they confirm that training is lost. */
  asked?: BpeSpec;
  /** The tokenizer that was given to the model here. */
  used?: BpeSpec;
  /** Whether the model is being changed. */
  busy = false;
  problem = '';

  /** The model before. */
  #before?: Before;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Says that Undo brings back the tokens without the training; undefined where it brings back both. */
  get unsaved(): string | undefined {
    return this.#before && unsavedWords(this.#before, 'the tokens');
  }

  /** Whether the model still has the tokenizer that was given to it here. */
  isIn(model: LiveModel | undefined): boolean {
    return this.used !== undefined && this.#before?.model === model && model?.spec.tokenizer === this.used;
  }

  /** Asks for confirmation first if training would be lost. */
  use(model: LiveModel, spec: BpeSpec): void {
    this.problem = '';
    if (model.step > 0 || model.spec.pretrained) this.asked = spec;
    else void this.confirm(model, spec);
    this.#changed();
  }

  dismiss = (): void => {
    this.asked = undefined;
    this.#changed();
  };

  /** Encodes the corpus in the new tokens and resets the model, whose vocabulary has another size. */
  async confirm(model: LiveModel, spec: BpeSpec): Promise<void> {
    this.asked = undefined;
    const {pretrained: _, ...before} = model.spec; // shipped weights only fit their own tokenizer
    await this.#do(async () => {
      this.#before = await keep(model);
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
      await bringBack(before);
      await before.model.ready;
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
