import {html, type TemplateResult} from 'lit';
import type {CorpusSpec, LiveModel} from '../../state/index.js';
import {whole} from '../../ui/base/whole.js';
import {CorpusSource, type CorpusSourceHost} from '../../ui/model/corpus-source.js';

export interface CorpusHost extends CorpusSourceHost {
  /** Learns from another text, with fresh weights. */
  learnFrom(corpus: CorpusSpec): void;
}

/** The choice of another text to learn from. It is checked before the old one goes. */
export class CorpusForm {
  readonly #source: CorpusSource;
  readonly #host: CorpusHost & HTMLElement;

  constructor(host: CorpusHost & HTMLElement) {
    this.#host = host;
    this.#source = new CorpusSource(host);
  }

  get dragging(): boolean {
    return this.#source.dragging;
  }

  render(model: LiveModel | undefined): TemplateResult {
    const steps = model?.step ?? 0;
    const {chosen, busy} = this.#source;
    return html`
      ${this.#source.render()}
      <p class="apply">
        <button ?disabled=${!chosen || busy} @click=${this.#take}>${busy ? 'Reading …' : 'Learn from this text'}</button>
        <span class="hint">${steps ? `Starts afresh: the ${whole(steps)} steps done belong to the old text.` : 'The text stays on this page; it is not sent anywhere.'}</span>
      </p>
    `;
  }

  /** Reads the text once here: if it is none, the model that is there stays. */
  #take = async (): Promise<void> => {
    const {chosen} = this.#source;
    if (chosen && (await this.#source.load())) this.#host.learnFrom(chosen);
  };
}
