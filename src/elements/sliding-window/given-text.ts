import type {ReactiveControllerHost} from 'lit';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';

/** What a window slides over. */
export interface TokenText {
  tokens: Int32Array;
  tokenizer: Tokenizer;
}

/** A text that the page gives, as tokens; its host renders again when they are there. */
export class GivenText {
  text?: TokenText;
  /** Why there are no tokens, for the reader. */
  problem = '';

  #wanted?: {text: string; choice: string | TokenizerChoice};
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Asks for the tokens of a text: again only where it is another. */
  want(text: string, choice: string | TokenizerChoice): void {
    if (this.#wanted?.text === text && this.#wanted.choice === choice) return;
    this.#wanted = {text, choice};
    void this.#encode(this.#wanted);
  }

  async #encode(wanted: {text: string; choice: string | TokenizerChoice}): Promise<void> {
    const {text, choice} = wanted;
    let [made, problem]: [TokenText | undefined, string] = [undefined, ''];
    try {
      const [{loadTokenizer}, {encodeAll}] = await Promise.all([
        import('../../tokenizers/load.js'),
        import('../../ui/model/encode-all.js'),
      ]);
      const tokenizer = await loadTokenizer(choice as TokenizerChoice, text);
      made = {tokens: await encodeAll(tokenizer, text), tokenizer};
    } catch (error) {
      problem = (error as Error).message;
    }
    if (this.#wanted !== wanted) return;
    this.text = made;
    this.problem = problem;
    this.#host.requestUpdate();
  }
}
