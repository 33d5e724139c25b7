import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {LiveModel, ModelSpec} from '../../state/index.js';
import {type ModelText, modelText} from '../model/model-text.js';

/** The text of the model that its host shows; the host renders again when it is there. */
export class TextController implements ReactiveController {
  text?: ModelText;
  /** Why there is none, for the reader. */
  problem?: string;

  #spec?: ModelSpec;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Asks for the text of this model: again only where it is another. What was shown stays until the new one is there. */
  want(model: LiveModel | undefined): void {
    if (model?.spec === this.#spec) return;
    this.#spec = model?.spec;
    this.problem = undefined;
    if (model) void this.#make(model, model.spec);
    else this.text = undefined;
  }

  async #make(model: LiveModel, spec: ModelSpec): Promise<void> {
    try {
      const text = await modelText(model);
      if (spec === this.#spec) this.text = text;
    } catch (error) {
      if (spec !== this.#spec) return;
      this.text = undefined;
      this.problem = (error as Error).message;
    }
    this.#host.requestUpdate();
  }
}
