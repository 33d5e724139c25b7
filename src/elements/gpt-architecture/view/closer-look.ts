/** Single numbers, attributions, sizes and patches: their code is loaded with the first look, their numbers are read when they are asked for. */
import {adoptStyles, type CSSResultOrNative, html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../../state/live-model.js';
import type {ArchitectureData, Guess} from '../data/architecture-data.js';
import type {CandidateDetail, TensorDetail} from '../data/detail.js';
import {Latest} from '../data/latest.js';
import type {Along} from '../data/read-architecture.js';
import type {MapView} from '../draw/map-view.js';
import type {ProductPanel} from './product-panel.js';

type Closer = typeof import('./closer.js');

/** What the reader looks at, and what follows when another number is chosen. */
export interface NumberChoice {
  head: number;
  /** Index on the last axis. */
  cell: number | undefined;
  /** Pixels of room. */
  width: number;
  chooseHead: (head: number) => void;
  chooseCell: (cell: number) => void;
  /** A number of a product: its token, and its index on the last axis. */
  choose: (token: number, cell: number) => void;
}

/** Returns the candidate that is selected: its attribution is shown. */
export function candidateIn({stream}: ArchitectureData, selected: string, chosen: number): Guess | undefined {
  const index = /^next\.(\d+)$/.exec(selected ?? '')?.[1];
  return index === undefined ? undefined : stream.at(-1)?.guesses[chosen]?.[Number(index)];
}

export class CloserLook {
  /** Once it is loaded. */
  code?: Closer;
  #product?: ProductPanel;
  /** Whether the diagrams are on show, and what became of the last that was saved. */
  diagrams = false;
  #saved = '';
  readonly #tensor: Latest<TensorDetail>;
  readonly #candidate: Latest<CandidateDetail>;
  readonly #host: {requestUpdate(): void; readonly renderRoot: HTMLElement | DocumentFragment};
  readonly #styles: CSSResultOrNative[];

  constructor(
    host: {requestUpdate(): void; readonly renderRoot: HTMLElement | DocumentFragment},
    styles: CSSResultOrNative[],
  ) {
    this.#host = host;
    this.#styles = styles;
    this.#tensor = new Latest(() => host.requestUpdate());
    this.#candidate = new Latest(() => host.requestUpdate());
  }

  stop(): void {
    this.#tensor.stop();
    this.#candidate.stop();
  }

  async load(): Promise<Closer> {
    if (this.code) return this.code;
    const code = await import('./closer.js');
    if (!this.code) {
      this.code = code;
      this.#product = new code.ProductPanel(() => this.#host.requestUpdate());
      adoptStyles(this.#host.renderRoot as ShadowRoot, [
        ...this.#styles,
        code.productStyles,
        code.closerStyles,
      ]);
      this.#host.requestUpdate();
    }
    return code;
  }

  /**
   * Returns what has to be read with the map while the model trains, so that all numbers are of one step.
   * @param tensor of the stage on show
   * @param position of the token whose candidate may be selected
   */
  async along(
    {config, status}: LiveModel,
    tensor: string | undefined,
    selected: string,
    position: number,
  ): Promise<Along> {
    if (status !== 'training' || !config) return {};
    const isCandidate = selected?.startsWith('next.') && config.norm !== 'post';
    return {
      ...(tensor && (await this.load()).readFor(tensor, config)),
      ...(isCandidate && {attributed: {position}}),
    };
  }

  askTensor(model: LiveModel | undefined, data: ArchitectureData, name: string): void {
    this.#tensor.ask([model, data, name], async (signal) =>
      (await this.load()).readTensor(model, data, name, signal),
    );
  }

  askCandidate(model: LiveModel, data: ArchitectureData, chosen: number, {id}: Guess): void {
    this.#candidate.ask([model, data, chosen, id], async (signal) =>
      (await this.load()).readCandidate(model, data, chosen, id, signal),
    );
  }

  /** What was read for a stage's tensor, of the pass on show; none yet: undefined. */
  tensorsFor(name: string | undefined, data: ArchitectureData): TensorDetail['tensors'] | undefined {
    const {value} = this.#tensor;
    return value?.name === name && value?.data === data ? value.tensors : undefined;
  }

  /** The numbers of a tensor for the chosen token. */
  renderTensor(
    name: string,
    {chosen, theme}: MapView,
    choice: NumberChoice,
  ): TemplateResult | typeof nothing {
    const {value, problem} = this.#tensor;
    if (problem) return html`<p class="note" role="status">${problem}</p>`;
    // The numbers of another stage, or of a longer text, wait invisible.
    if (value?.name !== name || chosen >= value.data.tokens.length) return html`<div class="detail"></div>`;
    const {width, choose} = choice;
    const shared = {detail: value, chosen, theme, head: Math.min(choice.head, value.data.config.nHeads - 1)};
    return this.code!.renderTensorCells({
      ...shared,
      cell: choice.cell,
      chooseHead: choice.chooseHead,
      chooseCell: choice.chooseCell,
      product: (cell) => this.#product!.render({...shared, cell, width, choose}),
    });
  }

  /** What made the selected candidate likely. */
  renderCandidate(): TemplateResult | typeof nothing {
    const {value, problem} = this.#candidate;
    if (problem) return html`<p class="note" role="status">${problem}</p>`;
    return value ? this.code!.renderAttribution(value) : nothing;
  }

  toggleDiagrams(): void {
    this.diagrams = !this.diagrams;
    this.#saved = '';
    void this.load();
    this.#host.requestUpdate();
  }

  /** The diagrams of the model. @param focus a part: the heads of its block are drawn */
  renderDiagrams(
    element: Element,
    {data, chosen, theme}: MapView,
    focus: string,
  ): TemplateResult | typeof nothing {
    if (!this.diagrams || !this.code) return nothing;
    const layer = Math.min(data.config.nLayers - 1, Number(/^h\.(\d+)/.exec(focus)?.[1] ?? 0));
    const saved = (message: string): void => {
      this.#saved = message;
      this.#host.requestUpdate();
    };
    return html`${this.code.renderDiagrams(element, {data, chosen, theme, layer, saved})}
      <p class="note" role="status">${this.#saved}</p>`;
  }

  /** After each render. */
  paint(): void {
    this.#product?.paint(this.#host.renderRoot);
  }
}
