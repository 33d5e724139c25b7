/** Beside the text field: that a word which the reader has typed is not in the vocabulary. */
import {html, type TemplateResult} from 'lit';
import type {LiveModel} from '../../../state/live-model.js';
import {visibleToken} from '../../../ui/base/format.js';
import type {ArchitectureData} from '../data/architecture-data.js';

/** Says what a prediction is for where not all of the text is shown. */
const cut = (note: string, {tokens}: ArchitectureData): string =>
  note.replace(/\.$/, `; the next token is that after ${visibleToken(tokens.at(-1)!)}, the last one shown.`);

export class WordHint {
  /** Loaded when a text is set. */
  #words?: typeof import('../data/split-words.js');
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  render(
    data: ArchitectureData | undefined,
    text: string | undefined,
    model: LiveModel | undefined,
    note: string | undefined,
  ): TemplateResult {
    // Of characters, every word is made of pieces.
    const isApplicable = data && text !== undefined && model?.tokenizer?.spec.kind !== 'char';
    if (isApplicable && !this.#words) void this.#load();
    const hint = isApplicable ? this.#words?.splitWordNote(data.tokens, data.config.vocabSize) : undefined;
    return html`<span class="hint" role="status">${[note && data && cut(note, data), hint].filter(Boolean).join(' ')}</span>`;
  }

  async #load(): Promise<void> {
    this.#words = await import('../data/split-words.js');
    this.#changed();
  }
}
