/** What stands below the map while the reader looks closer: a tensor, sizes, diagrams, an attribution. */
import {html, nothing, type TemplateResult} from 'lit';
import {Memo} from '../../../ui/base/memo.js';
import type {ArchitectureData, Config, Guess} from '../data/architecture-data.js';
import {type CandidateDetail, readCandidate, readFor, readTensor, type TensorDetail} from '../data/detail.js';
import {Latest} from '../data/latest.js';
import type {Along} from '../data/read-architecture.js';
import {type Opened, openedOf} from '../stages/opened.js';
import {renderAttribution} from './attribution-view.js';
import {renderDiagrams} from './diagrams-view.js';
import type {CloserHost, Look, LookAt} from './look.js';
import {crumbsOf, type OpenedView, renderOpened, wordsOf} from './opened-view.js';
import {Patching, type PatchingContext} from './patching.js';
import {ProductPanel} from './product-panel.js';
import {renderSizes} from './sizes-view.js';
import type {Place} from './told-view.js';

/** Pixels of a strip that stay in view before what is on show. */
const PAST = 60;

export class CloserPanel {
  readonly patching: Patching;
  /** Whether the diagrams are on show, and what became of the last that was saved. */
  diagrams = false;
  #saved = '';
  /** Whether the numbers get the focus as soon as they are on show. */
  #isEntering = false;
  #isRevealing = false;
  readonly #choice = new Memo();
  readonly #host: CloserHost;
  readonly #product: ProductPanel;
  readonly #tensor: Latest<TensorDetail>;
  readonly #candidate: Latest<CandidateDetail>;

  constructor(host: CloserHost, patching: PatchingContext) {
    const changed = (): void => host.requestUpdate();
    this.#host = host;
    this.patching = new Patching(host, patching);
    this.#product = new ProductPanel(changed);
    this.#tensor = new Latest(changed);
    this.#candidate = new Latest(changed);
  }

  stop(): void {
    this.#tensor.stop();
    this.#candidate.stop();
  }

  /** Returns what has to be read with the map, so that all numbers are of one step. */
  along(config: Config, look: Look, position: number): Along {
    const tensor = openedOf({...look, config})?.stage.tensor;
    return {
      ...(tensor && readFor(tensor, config)),
      ...(candidateNumber(look) !== undefined && config.norm !== 'post' && {attributed: {position}}),
    };
  }

  /** Reads what is looked at, unless it has been read. */
  ask(look: LookAt): void {
    const {model, data, chosen} = look;
    const name = openedIn(look)?.stage.tensor;
    if (name) this.#tensor.ask([model, data, name], (signal) => readTensor(model, data, name, signal));
    const guess = candidateOf(look);
    if (guess && model)
      this.#candidate.ask([model, data, chosen, guess.id], (signal) =>
        readCandidate(model, data, chosen, guess.id, signal),
      );
  }

  /** What was read for what is looked at, of the pass on show; none yet: undefined. */
  tensorsFor(look: LookAt): TensorDetail['tensors'] | undefined {
    const {value} = this.#tensor;
    return value?.data === look.data && value.name === openedIn(look)?.stage.tensor
      ? value.tensors
      : undefined;
  }

  render(look: LookAt): TemplateResult {
    const {data, sizes} = look;
    const opened = openedIn(look);
    return html`${opened ? this.#renderOpened(opened, look) : nothing}
      ${sizes ? renderSizes(data.config, data.tokens.length) : nothing} ${this.#renderDiagrams(look)}
      ${candidateOf(look) && look.model ? this.#renderCandidate() : nothing}`;
  }

  /** The part that is looked at, the steps from it to the number whose sum is on show, and what happens there. */
  placeIn(look: LookAt): Place | undefined {
    const opened = openedIn(look);
    if (!opened) return undefined;
    const view = {...look, ...this.#shown(opened, look)};
    return {part: opened.part, steps: crumbsOf(view), words: wordsOf(view)};
  }

  /** Focuses the number whose sum is on show, now or as soon as it is. */
  enter(): void {
    this.#isEntering = true;
    this.#host.requestUpdate();
  }

  /** Scrolls to the numbers, now or as soon as they are on show. */
  reveal(): void {
    this.#isRevealing = true;
    this.#host.requestUpdate();
  }

  toggleDiagrams(): void {
    this.diagrams = !this.diagrams;
    this.#saved = '';
    this.#host.requestUpdate();
  }

  /** After each render. */
  paint(): void {
    const {renderRoot} = this.#host;
    this.#product.paint(renderRoot);
    this.#showChoice();
    const detail = renderRoot.querySelector('.detail');
    if (this.#isRevealing && detail) {
      this.#isRevealing = false;
      detail.scrollIntoView({
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
      });
    }
    if (!this.#isEntering) return;
    const number = renderRoot.querySelector<HTMLElement>(
      '.detail .product-block.y, .detail .cell[tabindex="0"]',
    );
    if (number) this.#isEntering = false;
    number?.focus();
  }

  /** On a narrow page, scrolls the strip of tensors to the one on show. */
  #showChoice(): void {
    const choice = this.#host.renderRoot.querySelector<HTMLElement>('.choices [aria-pressed="true"]');
    if (!choice || !this.#choice.changed(choice)) return;
    const strip = choice.parentElement!;
    strip.scrollLeft += choice.getBoundingClientRect().left - strip.getBoundingClientRect().left - PAST;
  }

  /** What is on show of a tensor; nothing while there are only the numbers of another one, or of a longer text. */
  #shown(opened: Opened, look: LookAt): Pick<OpenedView, 'opened' | 'detail' | 'cell'> {
    const {value} = this.#tensor;
    const isShown = value?.name === opened.stage.tensor && look.chosen < value.data.tokens.length;
    return {opened, detail: isShown ? value : undefined, cell: look.cell ?? candidateOf(look)?.id};
  }

  #renderOpened(opened: Opened, look: LookAt): TemplateResult {
    const shown = this.#shown(opened, look);
    return renderOpened({
      ...look,
      ...shown,
      problem: this.#tensor.problem,
      product: (cell) => this.#product.render({...look, detail: shown.detail!, head: opened.head, cell}),
    });
  }

  /** What made the selected candidate likely. */
  #renderCandidate(): TemplateResult | typeof nothing {
    const {value, problem} = this.#candidate;
    if (problem) return html`<p class="note" role="status">${problem}</p>`;
    return value ? renderAttribution(value) : nothing;
  }

  /** The diagrams of the model, with the heads of the block that the reader looks at. */
  #renderDiagrams({data, chosen, theme, open, selected, stage}: LookAt): TemplateResult | typeof nothing {
    if (!this.diagrams) return nothing;
    const focus = open || selected || stage;
    const layer = Math.min(data.config.nLayers - 1, Number(/^h\.(\d+)/.exec(focus)?.[1] ?? 0));
    const saved = (message: string): void => {
      this.#saved = message;
      this.#host.requestUpdate();
    };
    const element = (this.#host.renderRoot as ShadowRoot).host;
    return html`${renderDiagrams(element, {data, chosen, theme, layer, saved})}
      <p class="note" role="status">${this.#saved}</p>`;
  }
}

const openedIn = (look: LookAt): Opened | undefined => openedOf({...look, config: look.data.config});

/** Returns which candidate is selected: its attribution is shown. */
function candidateNumber({selected}: Look): number | undefined {
  const index = /^next\.(\d+)$/.exec(selected)?.[1];
  return index === undefined ? undefined : Number(index);
}

function candidateOf(look: LookAt): Guess | undefined {
  const index = candidateNumber(look);
  const {stream}: ArchitectureData = look.data;
  return index === undefined ? undefined : stream.at(-1)?.guesses[look.chosen]?.[index];
}
