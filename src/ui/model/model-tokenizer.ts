import type {ReactiveControllerHost} from 'lit';
import type {LiveModel} from '../../state/live-model.js';
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {ModelController, type ModelHost} from './model-controller.js';

/** How to get the tokenizer of the model that was found; nothing where there is none. */
type OnModel = (get: (() => Promise<Tokenizer>) | undefined, signal: AbortSignal) => void;

/** The tokenizer of the host's model, also after the model was made anew with another one. Opens the model. */
export class ModelTokenizer {
  #following = new AbortController();
  readonly #models: ModelController;
  readonly #host: ReactiveControllerHost & ModelHost;

  constructor(host: ReactiveControllerHost & ModelHost, onModel: OnModel) {
    this.#host = host;
    this.#models = new ModelController(host, [], (model) => {
      this.#following.abort();
      this.#following = new AbortController();
      const {signal} = this.#following;
      const tell = () => onModel(model && (() => tokenizerOf(model)), signal);
      model?.addEventListener('gpt-facts', tell, {signal});
      tell();
    });
  }

  /** Why no model was found, for the reader. */
  get problem(): string | undefined {
    return this.#models.problem;
  }

  end(): void {
    this.#host.removeController(this.#models);
    this.#models.hostDisconnected();
  }
}

/** OpenAI's encodings are read in the form whose merges can be looked at; the ids are the same. */
async function tokenizerOf(model: LiveModel): Promise<Tokenizer> {
  await model.ready;
  const {spec} = model.tokenizer!;
  return spec.kind === 'tiktoken' ? loadTiktoken(spec.encoding) : model.tokenizer!;
}
