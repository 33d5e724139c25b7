import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type CorpusSpec, corpusName, sameCorpus} from '../../data/corpus.js';
import {DEFAULT_TRAIN_SHARE} from '../../data/prepare.js';
import {CORPORA, corpusEntry} from '../../data/registry.js';
import type {TextStatistics} from '../../data/statistics.js';
import {looksLikeHtml} from '../../data/text.js';
import type {LiveModel, ModelSpec} from '../../state/index.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {CorpusSource, type CorpusSourceHost} from '../../ui/model/corpus-source.js';
import {corpusSourceStyles} from '../../ui/model/corpus-source.styles.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {contextLengthOf, tokenizerChoiceOf} from '../../ui/model/model-text.js';
import {type Before, keep} from './before.js';
import {CorpusLook} from './corpus-look.js';
import {styles} from './corpus-picker.styles.js';
import {figuresOf, pointedWords, tokenWords} from './corpus-words.js';
import {countRows, type Pointed, renderCounts, renderExcerpt, renderFigures} from './counts.js';
import {renderSplit, type Split, splitOf} from './split.js';

/** Milliseconds without a keystroke before a text that is being written is looked at. */
const REST_MS = 400;
const DEFAULT_CONTEXT = 64;

const whole = (value: number): string => value.toLocaleString('en');

/**
 * What does the model learn from? Stories, toy tasks, a text of one's own: looked at, counted, cut in two, and given to
 * the page's model. Reading a text starts no engine, unless
 * the model comes trained and brings its own tokens.
 *
 * @summary Chooses the text a model learns from: sources, statistics, the split into training and validation.
 * @group ids → batches
 * @event {CustomEvent<{corpus: CorpusSpec, trainShare: number}>} gpt-corpus - The reader has taken a text.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart sources - The choice of a text.
 * @csspart split - The bar that is cut into training and validation.
 * @csspart figures - The numbers.
 * @csspart excerpt - How the text begins.
 * @csspart counts - The most frequent characters and words.
 * @csspart readout - The line that says what is notable.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-train - The part to learn from.
 * @cssproperty --gpt-validation - The part that is held back.
 */
export class CorpusPicker extends LegacyElement implements CorpusSourceHost {
  static override styles = [...LegacyElement.styles, corpusSourceStyles, styles];

  /** The text to begin with, by its id, e.g. `tiny-tales`, `sort`, `the-verdict`. Default: the model's. */
  @property({reflect: true}) accessor corpus = '';
  /** The share to learn from, above 0 and below 1; the slider goes from 0.5 to 0.95. Default: the model's, else 0.9. */
  @property({type: Number, reflect: true, attribute: 'train-share'}) accessor trainShare: number | undefined;
  /** Feeds no model: the event `gpt-corpus` hands the text to the page. */
  @property({type: Boolean, reflect: true, attribute: 'without-model'}) accessor withoutModel = false;
  /** T, the tokens a window, where no model says. */
  @property({type: Number, reflect: true, attribute: 'context-length'}) accessor contextLength:
    | number
    | undefined;
  /** Leaves out the choice of a text: only the model's own is shown. */
  @property({type: Boolean, reflect: true, attribute: 'without-sources'}) accessor withoutSources = false;
  /** Leaves out the split. */
  @property({type: Boolean, reflect: true, attribute: 'without-split'}) accessor withoutSplit = false;
  /** Leaves out the excerpt and the most frequent characters and words. */
  @property({type: Boolean, reflect: true, attribute: 'without-counts'}) accessor withoutCounts = false;

  @state() private accessor pointed: Pointed | undefined;
  @state() private accessor left: Before | undefined;
  @state() private accessor taking = false;
  @state() private accessor message = '';

  #split?: Split;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #followed = new Memo();
  readonly #cut = new Memo();
  readonly #source = new CorpusSource(this);
  readonly #look = new CorpusLook(() => this.requestUpdate());
  readonly #visible = new VisibleController(this, (visible) => visible && this.requestUpdate());
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-status', 'gpt-loading']);

  /** @internal */
  get takesCorpus(): boolean {
    return !this.withoutSources;
  }

  /** @internal */
  showCorpus(): void {}

  /** @internal */
  corpusChosen(): void {
    clearTimeout(this.#timer);
    this.message = '';
    this.#timer = setTimeout(() => this.#lookAtChosen(), REST_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#look.stop();
    this.#followed.forget();
  }

  get #model(): LiveModel | undefined {
    return this.withoutModel ? undefined : this.#models.model;
  }

  get #share(): number {
    const share = this.trainShare ?? this.#model?.spec.trainShare ?? DEFAULT_TRAIN_SHARE;
    return Math.min(0.99, Math.max(0.01, share || DEFAULT_TRAIN_SHARE));
  }

  get #context(): number {
    const {contextLength} = this;
    if (this.#model) return contextLengthOf(this.#model);
    return contextLength && contextLength >= 1 ? Math.floor(contextLength) : DEFAULT_CONTEXT;
  }

  protected override willUpdate(): void {
    this.#follow();
    const {tokens, tokenizer} = this.#look;
    if (!this.#cut.changed(tokens, this.#share, this.#context, this.#model?.spec.stride)) return;
    this.#split =
      tokens && tokenizer
        ? splitOf(tokens, tokenizer, this.#share, this.#context, this.#model?.spec.stride ?? this.#context)
        : undefined;
  }

  /** Shows the model's text, or the one that the page's author named, until the reader chooses another. */
  #follow(): void {
    const model = this.#model;
    if (!this.#visible.visible || (!model && !this.withoutModel)) return;
    const spec = corpusEntry(this.corpus)?.spec ?? model?.spec.corpus ?? CORPORA[0]!.spec;
    if (!this.#followed.changed(this.corpus, model, spec, model?.spec.tokenizer)) return;
    this.#source.choose(spec, `${corpusName(spec)} (in use)`);
    this.#lookAtChosen();
  }

  #lookAtChosen(): void {
    const {chosen} = this.#source;
    if (!chosen) return;
    const load = (signal: AbortSignal) => this.#source.load(signal);
    const model = this.#model;
    void this.#look.at(chosen, load, async () => (model ? tokenizerChoiceOf(model) : 'char'));
  }

  /** Whether the chosen text can be taken, and is another than the model's. */
  get #canTake(): boolean {
    const {chosen} = this.#source;
    const {spec, tokens} = this.#look;
    if (!chosen || this.taking || !tokens || !sameCorpus(chosen, spec) || this.#split?.problem) return false;
    const model = this.#model;
    return !model || !sameCorpus(chosen, model.spec.corpus) || this.#share !== shareOf(model.spec);
  }

  /** Gives the text to the model. What it has learned is saved first. */
  #take = async (): Promise<void> => {
    const {chosen: corpus} = this.#source;
    if (!corpus || !this.#canTake) return;
    const trainShare = this.#share;
    const model = this.#model;
    this.taking = true;
    try {
      if (model) {
        this.left = await keep(model);
        this.corpus = '';
        this.#followed.changed(this.corpus, model, corpus, model.spec.tokenizer); // it is chosen already
        model.spec = {...model.spec, corpus, trainShare};
        const weights = model.spec.pretrained ? 'from the weights that it came with' : 'from fresh weights';
        this.message = `The model now learns from ${corpusName(corpus)}, ${weights} on.`;
      } else this.message = `${corpusName(corpus)} was handed to the page.`;
    } finally {
      this.taking = false;
    }
    this.dispatchEvent(
      new CustomEvent('gpt-corpus', {detail: {corpus, trainShare}, bubbles: true, composed: true}),
    );
  };

  /** Back to the text before, and to what was learned from it. */
  #undo = async (): Promise<void> => {
    const before = this.left;
    const model = this.#model;
    if (!before || !model) return;
    this.taking = true;
    this.left = undefined;
    this.trainShare = undefined;
    try {
      model.spec = before.spec;
      if (before.saved) await model.restore();
      this.message = `Back to ${corpusName(before.spec.corpus)}${before.saved ? `, after ${whole(before.steps)} steps` : ''}.`;
    } catch (error) {
      this.message = (error as Error).message;
    } finally {
      this.taking = false;
    }
  };

  /** Takes the tags out of a web page's source. */
  #keepWords = async (): Promise<void> => {
    const {corpus} = this.#look;
    if (!corpus) return;
    const {wordsOfHtml} = await import('../../ui/base/html-words.js');
    this.#source.useText(`${corpus.name}, without its tags`, await wordsOfHtml(corpus.text));
  };

  protected override render(): TemplateResult {
    const {corpus, statistics, problem} = this.#look;
    const busy = this.#source.busy || this.#look.working;
    return html`
      ${this.renderLead('A language model is what its text is. Choose one, see what is in it, and decide how much of it the model may learn from; the rest is held back to check what it has understood.')}
      ${this.withoutSources ? nothing : html`<div part="sources">${this.#source.render()}</div>`}
      ${this.#models.problem && !this.withoutModel ? html`<p class="error" role="alert">${this.#models.problem}</p>` : nothing}
      ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
      ${this.#split?.problem ? html`<p class="error" role="alert">${this.#split.problem}</p>` : nothing}
      ${
        corpus && !this.withoutSources && looksLikeHtml(corpus.text)
          ? html`<p class="notice" role="status">
              This looks like the source of a web page: the model would learn its tags before its words.
              <button class="words" @click=${this.#keepWords}>Keep only the words</button>
            </p>`
          : nothing
      }
      <section class="look" aria-busy=${busy} aria-label="What is in the text">
        <h2>${corpus?.name ?? '…'}${busy ? html` <span class="hint">${this.#source.busy ? 'reading' : (this.#model?.loading?.message ?? 'counting').toLowerCase()} …</span>` : nothing}</h2>
        ${renderFigures(figuresOf(this.#look))}
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
        ${
          this.withoutCounts
            ? nothing
            : html`${renderExcerpt(corpus?.text, this.pointed)}
              ${renderCounts(statistics, this.pointed, (pointed) => (this.pointed = pointed))}`
        }
      </section>
      ${this.withoutSources && this.withoutSplit ? nothing : this.#renderTake()}
      <p class="readout" part="readout" role="status">${pointedWords(this.#look, this.pointed) ?? (this.message || tokenWords(this.#look))}</p>
      ${this.#source.dragging ? html`<div class="drop" aria-hidden="true">Drop a text here</div>` : nothing}
      ${this.renderFooter(modelFacts(this.#model), {
        snippet: 'split',
        ...(corpus && statistics && !this.withoutCounts ? this.#exports(corpus.name, statistics) : {}),
      })}
    `;
  }

  /** What was counted as a picture and as a table. */
  #exports(name: string, statistics: TextStatistics): FooterOptions {
    return {
      picture: async () => {
        const [{corpusPicture}, {readTheme}] = await Promise.all([
          import('./corpus-picture.js'),
          import('../../viz/theme.js'),
        ]);
        return corpusPicture({name, statistics, share: this.#share}, readTheme(this));
      },
      table: () => countRows(statistics),
    };
  }

  #renderTake(): TemplateResult {
    const before = this.left;
    return html`<p class="apply">
      <button class="primary take" ?disabled=${!this.#canTake} @click=${this.#take}>
        ${this.taking ? 'Changing …' : 'Learn from this text'}
      </button>
      ${
        before
          ? html`<button class="undo" ?disabled=${this.taking} @click=${this.#undo}>
              Back to ${corpusName(before.spec.corpus)}
            </button>`
          : nothing
      }
      <span class="hint">${this.#hint}</span>
    </p>`;
  }

  get #hint(): string {
    const model = this.#model;
    const before = this.left;
    if (before?.steps && !before.saved)
      return 'The browser could not save what was learned: going back brings the text, not the training.';
    if (before?.steps) return `The ${whole(before.steps)} steps learned from it were saved.`;
    if (model?.step && this.#canTake)
      return `The ${whole(model.step)} steps that the model has learned are lost with its text; that can be undone.`;
    if (model && !this.#canTake && this.#look.tokens && sameCorpus(this.#source.chosen, model.spec.corpus))
      return 'The model learns from this text.';
    return 'The text stays in this page: it is sent nowhere.';
  }
}

const shareOf = ({trainShare = DEFAULT_TRAIN_SHARE}: ModelSpec): number => trainShare;

define('corpus-picker', CorpusPicker);

declare global {
  interface HTMLElementTagNameMap {
    'corpus-picker': CorpusPicker;
  }
  interface HTMLElementEventMap {
    'gpt-corpus': CustomEvent<{corpus: CorpusSpec; trainShare: number}>;
  }
}
