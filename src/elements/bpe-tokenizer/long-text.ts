/** For texts that are too long for the field; downloaded with the first such text. */

import {html, nothing, type TemplateResult} from 'lit';
import {yieldToEventLoop} from '../../math/yield-to-event-loop.js';
import {encodeText} from '../../state/text-work.js';
import {whole} from '../../ui/base/whole.js';
import {
  Counted,
  type EncodedText,
  encodedText,
  LONGEST_EDITED,
  type TokenizerSource,
} from '../../ui/views/token-text.js';

/** UTF-16 units counted between two yields to the event loop: about 5 ms of work. */
export const COUNTED_PER_SLICE = 200_000;
/** Characters of the text on show. */
const EXCERPT = 600;

/** Counts a long text in slices, encodes it in a worker, and shows the progress. */
export class LongText {
  /** How many slices of work the main thread has done, for tests. */
  slices = 0;

  #work?: AbortController;
  #share = 0;
  readonly #changed: () => void;

  /** @param changed Called when the progress changes. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /**
   * Encodes a text. Returns undefined if it was stopped, or another text came.
   * @throws {EngineError} `token`, `internal`.
   */
  async encode(
    text: string,
    source: TokenizerSource,
    allowedSpecial: readonly string[],
  ): Promise<EncodedText | undefined> {
    this.stop();
    const work = new AbortController();
    const {signal} = work;
    this.#work = work;
    this.#share = 0;
    try {
      const counted = await this.#count(text, signal);
      const tokenizer = counted.tokenizerFrom(source);
      const ids = await encodeText(text, tokenizer.spec, {
        signal,
        allowedSpecial,
        onProgress: ({phase, done, total}) => {
          if (phase !== 'encoding') return;
          this.#share = done / total;
          this.#changed();
        },
      });
      return encodedText(text, tokenizer, ids, counted);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      if (this.#work === work) this.#work = undefined;
    }
  }

  /** Stops encoding. */
  stop(): void {
    this.#work?.abort();
    this.#work = undefined;
  }

  async #count(text: string, signal: AbortSignal): Promise<Counted> {
    const counted = new Counted();
    while (counted.end < text.length) {
      counted.add(text, counted.end + COUNTED_PER_SLICE);
      this.slices++;
      await yieldToEventLoop(signal);
    }
    return counted;
  }

  /** In place of the tokens until they are there. */
  renderProgress(text: string, stop: () => void): TemplateResult | typeof nothing {
    if (!this.#work) return nothing;
    return html`<label class="loading"
        >Encoding ${whole(text.length)} characters …
        <progress max="1" value=${this.#share}></progress></label
      ><button @click=${stop}>Stop</button>`;
  }
}

export interface LongFieldView {
  text: string;
  /** Brings back the text before the paste; absent if there was none. */
  undo: (() => void) | undefined;
  edit: (text: string) => void;
}

export const STOPPED = 'Encoding was stopped. Keep a part of the text, or choose another encoding.';

/** In place of the field: the beginning of the text, and what the reader can do with it. */
export function renderLongField({text, undo, edit}: LongFieldView): TemplateResult {
  return html`<div class="long" part="input">
    <blockquote dir="auto" tabindex="0" aria-label="The beginning of the text">${text.slice(0, EXCERPT)} …</blockquote>
    <p class="hint">
      ${whole(text.length)} characters: too long to edit here, but all are encoded.
      ${undo ? html`<button @click=${undo}>Undo</button>` : nothing}
      <button @click=${() => edit(text.slice(0, wholeCharacters(text, LONGEST_EDITED)))}>
        Keep the first ${whole(LONGEST_EDITED)}
      </button>
    </p>
  </div>`;
}

/** Does not split a surrogate pair. */
const wholeCharacters = (text: string, end: number): number =>
  text.codePointAt(end - 1)! > 0xffff ? end - 1 : end;
