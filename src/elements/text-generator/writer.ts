import type {Candidate, EngineErrorFact, GeneratedToken, LiveModel} from '../../state/index.js';

/** How the next token is drawn. */
export interface Sampling {
  temperature: number;
  /** Absent: all tokens are eligible. */
  topK?: number;
  topP?: number;
  seed: number;
}

export interface WriterOptions {
  /** Something has changed that is shown. */
  onChange: () => void;
  onToken: (token: GeneratedToken) => void;
}

/**
 * The text that a model writes after a prompt, and what it would write next. Does one thing at a time: whatever is asked
 * ends what was under way.
 */
export class Writer {
  tokens: readonly GeneratedToken[] = [];
  /** The likeliest tokens after the text, likeliest first. */
  next?: readonly Candidate[];
  writing = false;
  /** Why nothing could be written, for the reader. */
  problem?: string;
  /** How many tokens were still to be written when writing failed. */
  unwritten = 0;

  #work?: AbortController;
  /** The look ahead that is under way, and the one that waits for it. */
  #looking = false;
  #wanted?: () => Promise<void>;
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /**
   * Writes `maxNewTokens` tokens after the prompt and the tokens in `after`.
   * @returns whether it was not stopped before
   */
  async write(
    model: LiveModel,
    prompt: string,
    after: readonly GeneratedToken[],
    maxNewTokens: number,
    sampling: Sampling,
  ): Promise<boolean> {
    const work = this.#begin();
    this.tokens = after;
    this.next = undefined;
    this.writing = true;
    this.#options.onChange();
    try {
      const promptIds = await encode(model, prompt, after);
      for await (const token of model.generate({
        promptIds,
        maxNewTokens,
        ...sampling,
        signal: work.signal,
      })) {
        if (work.signal.aborted) return false;
        this.tokens = [...this.tokens, token];
        this.#options.onToken(token);
        this.#options.onChange();
      }
      return !work.signal.aborted;
    } catch (error) {
      if (this.#fail(error, work)) this.unwritten = maxNewTokens - (this.tokens.length - after.length);
      return false;
    } finally {
      if (this.#work === work) {
        this.writing = false;
        this.#options.onChange();
      }
    }
  }

  /** Looks what would come next: the model writes one token, of which only the alternatives are kept. */
  look(model: LiveModel, prompt: string, sampling: Sampling): void {
    if (this.writing) return;
    this.#wanted = async () => {
      const work = this.#begin();
      const {tokens} = this;
      try {
        const promptIds = await encode(model, prompt, tokens);
        const {signal} = work;
        for await (const {candidates} of model.generate({promptIds, maxNewTokens: 1, ...sampling, signal}))
          if (this.#work === work) this.next = candidates;
      } catch (error) {
        this.#fail(error, work);
      }
      this.#options.onChange();
    };
    void this.#lookNewest();
  }

  /** Ends what is under way; the text so far stays. */
  stop(): void {
    this.#work?.abort();
    this.#work = undefined;
    this.#wanted = undefined;
    if (!this.writing) return;
    this.writing = false;
    this.#options.onChange();
  }

  /** Puts another text in the place of what was written. */
  replace(tokens: readonly GeneratedToken[]): void {
    this.stop();
    this.tokens = tokens;
    this.next = undefined;
    this.problem = undefined;
    this.unwritten = 0;
  }

  /** One look at a time; of those that wait, only the newest matters. */
  async #lookNewest(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    while (this.#wanted) {
      const look = this.#wanted;
      this.#wanted = undefined;
      await look();
    }
    this.#looking = false;
  }

  #begin(): AbortController {
    this.#work?.abort();
    this.problem = undefined;
    this.unwritten = 0;
    return (this.#work = new AbortController());
  }

  /** Keeps the sentence of an error, unless the work was ended before. Returns whether it did. */
  #fail(error: unknown, work: AbortController): boolean {
    const {code, message} = error as EngineErrorFact;
    if (code === 'canceled' || this.#work !== work) return false;
    this.next = undefined;
    this.problem = message;
    return true;
  }
}

/** Returns the ids of the prompt's end and of the tokens after it. A token keeps its id: the whole text may split differently. */
async function encode(model: LiveModel, prompt: string, after: readonly GeneratedToken[]): Promise<number[]> {
  return [...(await model.encodePrompt(prompt)), ...after.map(({id}) => id)];
}
