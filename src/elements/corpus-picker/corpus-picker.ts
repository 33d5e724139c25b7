import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type CorpusSpec, corpusName, sameCorpus} from '../../data/corpus.js';
import {looksLikeHtml} from '../../data/looks-like-html.js';
import {DEFAULT_TRAIN_SHARE} from '../../data/prepare.js';
import {CORPORA, corpusEntry} from '../../data/registry.js';
import type {LiveModel, ModelSpec} from '../../state/index.js';
import type {TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {whole} from '../../ui/base/whole.js';
import {type Before, bringBack, keep, unsavedWords} from '../../ui/model/before.js';
import {CorpusElement} from '../../ui/model/corpus-element.js';
import {CorpusSource, type CorpusSourceHost} from '../../ui/model/corpus-source.js';
import {corpusSourceStyles} from '../../ui/model/corpus-source.styles.js';
import {contextLengthOf, tokenizerChoiceOf} from '../../ui/model/model-text.js';
import {withContext} from '../../ui/model/with-context.js';
import {renderCards} from './cards.js';
import {type CorpusLook, lookAt} from './corpus-look.js';
import {styles} from './corpus-picker.styles.js';
import {figuresOf, pointedWords, tokenWords} from './corpus-words.js';
import {countRows, type Pointed, renderCounts, renderExcerpt, renderFigures} from './counts.js';
import {renderSplit, type Split, splitOf} from './split.js';

const DEFAULT_CONTEXT = 64;

/** A text, and the model whose tokens it is shown in. */
interface LookRequest {
  spec: CorpusSpec;
  model: LiveModel | undefined;
  tokenizer: TokenizerChoice | undefined;
}

/**
 * What does the model learn from? Counts a text (stories, toy tasks, or the reader's own), splits it into training set
 * and validation set, and gives it to the page's model. Starts no engine, unless the model comes trained and has to be
 * opened to know its tokenizer.
 *
 * @summary Chooses the text a model learns from: sources, statistics, the split into training and validation.
 * @group ids → batches
 * @event {CustomEvent<{corpus: CorpusSpec, trainShare: number}>} gpt-corpus - The reader chose a text.
 * @slot lead - Replaces the sentence above the sources.
 * @csspart lead - The sentence above the sources.
 * @csspart sources - The choice of a text.
 * @csspart split - The bar that shows training set and validation set.
 * @csspart figures - The numbers.
 * @csspart excerpt - The beginning of the text.
 * @csspart counts - The most frequent characters and words.
 * @csspart readout - The line that describes the text, or what is highlighted.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-train - The training set.
 * @cssproperty --gpt-validation - The validation set.
 */
export class CorpusPicker extends CorpusElement<LookRequest, CorpusLook> implements CorpusSourceHost {
  static override styles = [...CorpusElement.styles, corpusSourceStyles, styles];
  static override lead = 'What should the model learn from? It becomes whatever it reads. Choose a text.';

  /** The initial text, by its id, e.g. `tiny-tales`, `sort`, `the-verdict`. Default: the model's. */
  @property({reflect: true}) accessor corpus = '';
  /** The share of the training set, above 0 and below 1; the slider goes from 0.5 to 0.95. Default: the model's, else 0.9. */
  @property({type: Number, reflect: true, attribute: 'train-share'}) accessor trainShare: number | undefined;
  /** Gives the text to no model; the page gets it from the event `gpt-corpus`. */
  @property({type: Boolean, reflect: true, attribute: 'without-model'}) accessor withoutModel = false;
  /** T, the tokens per window, without a model. */
  @property({type: Number, reflect: true, attribute: 'context-length'}) accessor contextLength:
    | number
    | undefined;
  /** Leaves out the choice of a text; the model's own is shown. */
  @property({type: Boolean, reflect: true, attribute: 'without-sources'}) accessor withoutSources = false;
  /** Leaves out the split. */
  @property({type: Boolean, reflect: true, attribute: 'without-split'}) accessor withoutSplit = false;
  /** Leaves out the excerpt and the most frequent characters and words. */
  @property({type: Boolean, reflect: true, attribute: 'without-counts'}) accessor withoutCounts = false;

  @state() private accessor pointed: Pointed | undefined;
  /** The model before the reader gave it another text. */
  @state() private accessor previous: Before | undefined;
  /** Whether the model is being changed. */
  @state() private accessor changing = false;
  @state() private accessor message = '';

  /** The text to look at. */
  #spec?: CorpusSpec;
  #split?: Split;
  readonly #followed = new Memo();
  readonly #splitFrom = new Memo();
  readonly #source = new CorpusSource(this, renderCards);

  /** @internal */
  get takesCorpus(): boolean {
    return !this.withoutSources;
  }

  /** @internal */
  corpusChosen(): void {
    this.message = '';
  }

  /** @internal */
  corpusRests(chosen: CorpusSpec | undefined): void {
    this.#spec = chosen ?? this.#spec;
    this.requestUpdate();
  }

  protected override get model(): LiveModel | undefined {
    return this.withoutModel ? undefined : super.model;
  }

  protected override request(): LookRequest | undefined {
    const {model} = this;
    return this.#spec && {spec: this.#spec, model, tokenizer: model?.spec.tokenizer};
  }

  protected override load(
    {spec, model}: LookRequest,
    signal: AbortSignal,
    show: (look: CorpusLook) => void,
  ): Promise<CorpusLook> {
    return lookAt(spec, () => (model ? tokenizerChoiceOf(model) : 'char'), signal, show);
  }

  get #share(): number {
    const share = this.trainShare ?? this.model?.spec.trainShare ?? DEFAULT_TRAIN_SHARE;
    return Math.min(0.99, Math.max(0.01, share || DEFAULT_TRAIN_SHARE));
  }

  get #context(): number {
    const {contextLength} = this;
    if (this.model) return contextLengthOf(this.model);
    return contextLength && contextLength >= 1 ? Math.floor(contextLength) : DEFAULT_CONTEXT;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#follow();
    const {tokens, tokenizer} = this.loaded.data ?? {};
    const {stride = this.#context} = this.model?.spec ?? {};
    if (!this.#splitFrom.changed(tokens, this.#share, this.#context, stride)) return;
    this.#split = tokens && tokenizer && splitOf(tokens, tokenizer, this.#share, this.#context, stride);
  }

  /** Shows the text that `corpus` names, or the model's, until the reader chooses another. */
  #follow(): void {
    const {model} = this;
    if (!model && !this.withoutModel) return;
    const spec = corpusEntry(this.corpus)?.spec ?? model?.spec.corpus ?? CORPORA[0]!.spec;
    if (!this.#followed.changed(this.corpus, model, spec, model?.spec.tokenizer)) return;
    this.#source.choose(spec, `${corpusName(spec)} (in use)`);
    this.#spec = spec;
  }

  /** Whether the chosen text has been read. */
  get #isRead(): boolean {
    const {chosen} = this.#source;
    const {spec, tokens} = this.loaded.data ?? {};
    return Boolean(chosen && !this.changing && tokens && sameCorpus(chosen, spec));
  }

  /** Whether the chosen text can be given to the model, and is not the model's already. */
  get #canTake(): boolean {
    const {chosen} = this.#source;
    if (!chosen || !this.#isRead || this.#split?.problem) return false;
    const {model} = this;
    return !model || !sameCorpus(chosen, model.spec.corpus) || this.#share !== shareOf(model.spec);
  }

  /**
   * Gives the text to the model, whose trained weights are saved first.
   * @param context A smaller context length, for which the model starts anew
   */
  async #take(context?: number): Promise<void> {
    const {chosen: corpus} = this.#source;
    if (!corpus || !(context ? this.#isRead : this.#canTake)) return;
    const trainShare = this.#share;
    const {model} = this;
    this.changing = true;
    try {
      if (model) {
        this.previous = await keep(model);
        this.corpus = '';
        this.#followed.changed(this.corpus, model, corpus, model.spec.tokenizer); // it is chosen already
        const shorter = context ? await withContext(model, context) : {};
        model.spec = {...model.spec, ...shorter, corpus, trainShare};
        const weights = model.spec.pretrained ? 'its pretrained weights' : 'untrained weights';
        this.message = `The model now learns from ${corpusName(corpus)}, starting from ${weights}${context ? ` and with a context of ${context}` : ''}.`;
      } else {
        if (context) this.contextLength = context;
        this.message = `${corpusName(corpus)} was given to the page.`;
      }
    } finally {
      this.changing = false;
    }
    this.emit('gpt-corpus', {corpus, trainShare});
  }

  /** Brings back the previous text and the weights trained on it. */
  #undo = async (): Promise<void> => {
    const before = this.previous;
    if (!before) return;
    this.changing = true;
    this.previous = undefined;
    this.trainShare = undefined;
    try {
      await bringBack(before);
      this.message = `Restored ${corpusName(before.spec.corpus)}${before.saved ? ` and ${whole(before.steps)} steps of training` : ''}.`;
    } catch (error) {
      this.message = (error as Error).message;
    } finally {
      this.changing = false;
    }
  };

  /** Replaces the source of a web page by its words. */
  #keepWords = async (): Promise<void> => {
    const {corpus} = this.loaded.data ?? {};
    if (!corpus) return;
    const {wordsOfHtml} = await import('../../ui/base/html-words.js');
    this.#source.useText(`${corpus.name}, without its tags`, await wordsOfHtml(corpus.text));
  };

  /** What was counted as a picture and as a table. */
  protected override footer(): FooterOptions {
    const {corpus, statistics} = this.loaded.data ?? {};
    if (!corpus || !statistics || this.withoutCounts) return {snippet: 'split'};
    return {
      snippet: 'split',
      picture: async () => {
        const {corpusPicture} = await import('./corpus-picture.js');
        return corpusPicture({name: corpus.name, statistics, share: this.#share}, this.colors.theme);
      },
      table: () => countRows(statistics),
    };
  }

  /** Until a text has been counted for the first time. */
  protected override get isWaiting(): boolean {
    return (
      !this.loaded.data?.tokens && !this.loaded.error && !(this.withoutModel ? undefined : this.modelProblem)
    );
  }

  protected override renderBody(): TemplateResult {
    const look = this.loaded.data;
    const problem = this.withoutModel ? undefined : this.modelProblem;
    return html`
      ${this.withoutSources ? nothing : html`<div part="sources">${this.#source.render()}</div>`}
      ${problem ? renderProblem(problem, this.retryModel) : nothing}
      ${this.loaded.error ? renderProblem(this.loaded.error, this.loaded.retry) : nothing}
      ${this.#split?.problem ? renderProblem(this.#split.problem) : nothing}
      ${
        look && !this.withoutSources && looksLikeHtml(look.corpus.text)
          ? html`<p class="notice" role="status">
              This looks like the source of a web page: the model would learn its tags too.
              <button class="words" @click=${this.#keepWords}>Keep only the words</button>
            </p>`
          : nothing
      }
      ${this.#renderLook(look)}
      ${this.withoutSources && this.withoutSplit ? nothing : this.#renderTake()}
      <p class="readout" part="readout" role="status">${pointedWords(look, this.pointed) ?? (this.message || tokenWords(look))}</p>
      ${this.#source.dragging ? html`<div class="drop" aria-hidden="true">Drop a text here</div>` : nothing}
    `;
  }

  #renderLook(look: CorpusLook | undefined): TemplateResult {
    const reading = this.#source.busy || (this.loaded.loading && !this.loaded.current);
    const progress = reading ? 'reading' : (this.model?.loading?.message ?? 'counting').toLowerCase();
    const busy = reading || this.loaded.loading;
    return html`<section class="look" aria-busy=${busy} aria-label="What is in the text">
      <h2>${look?.corpus.name ?? '…'}${busy ? html` <span class="hint">${progress} …</span>` : nothing}</h2>
      ${this.withoutCounts ? nothing : renderExcerpt(look?.corpus.text, this.pointed)}
      ${
        this.withoutSplit
          ? nothing
          : renderSplit({
              share: this.#share,
              split: this.#split,
              contextLength: this.#context,
              change: (share) => (this.trainShare = share),
            })
      }
      ${renderFigures(figuresOf(look))}
      ${
        this.withoutCounts
          ? nothing
          : html`<details>
              <summary>What is in it, counted</summary>
              ${renderCounts(look?.statistics, this.pointed, (pointed) => (this.pointed = pointed))}
            </details>`
      }
    </section>`;
  }

  #renderTake(): TemplateResult {
    const before = this.previous;
    const smaller = this.#split?.smallerContext;
    return html`<p class="apply">
      ${
        smaller && this.#isRead
          ? html`<button class="primary take" @click=${() => this.#take(smaller)}>
              Learn from this text with a context of ${smaller}
            </button>`
          : html`<button class="primary take" ?disabled=${!this.#canTake} @click=${() => this.#take()}>
              ${this.changing ? 'Changing …' : 'Learn from this text'}
            </button>`
      }
      ${
        before
          ? html`<button class="undo" ?disabled=${this.changing} @click=${this.#undo}>
              Undo: back to ${corpusName(before.spec.corpus)}
            </button>`
          : nothing
      }
      <span class="hint">${this.#hint}</span>
    </p>`;
  }

  get #hint(): string {
    const {model, previous: before} = this;
    if (before?.steps)
      return unsavedWords(before, 'the text') ?? `The weights after ${whole(before.steps)} steps were saved.`;
    if (model?.step && this.#canTake)
      return `The model loses its ${whole(model.step)} steps of training; you can undo this.`;
    const isModels = model && sameCorpus(this.#source.chosen, model.spec.corpus);
    if (isModels && !this.#canTake && this.loaded.data?.tokens) return 'The model learns from this text.';
    return 'The text stays on this page; it is not sent anywhere.';
  }
}

const shareOf = ({trainShare = DEFAULT_TRAIN_SHARE}: ModelSpec): number => trainShare;

define('corpus-picker', CorpusPicker);

declare global {
  interface HTMLElementTagNameMap {
    'corpus-picker': CorpusPicker;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-corpus': CustomEvent<{corpus: CorpusSpec; trainShare: number}>;
  }
}
