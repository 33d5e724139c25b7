/** The walkthrough of a map: which stage is on show, and how the reader gets to another. */
import {html, type TemplateResult} from 'lit';
import {stepFor} from '../../../ui/base/stepping.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import type {ShownStage} from '../draw/map-view.js';
import type {MapLayout} from '../layout/map-layout.js';
import type {Look} from '../stages/fact.js';
import type {Stage} from '../stages/stages.js';
import type {Playback} from './playback.js';
import {type FocusHost, refocus} from './refocus.js';

export interface TourHost extends FocusHost {
  requestUpdate(): void;
  /** The stage on show; empty: the whole map. */
  stage: string;
}

export interface TourParts {
  data: () => ArchitectureData | undefined;
  /** The reader has gone to a stage, or left it (empty). */
  moved: (stage: string) => void;
}

/** The stage that a walkthrough begins with. */
const FIRST = 'text';

export class Tour {
  readonly #host: TourHost;
  readonly #parts: TourParts;
  /** Loaded with the first stage. */
  #playback?: Playback;
  #guide?: typeof import('./guide.js');

  constructor(host: TourHost, parts: TourParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Loads what a stage needs; without one, nothing. */
  async load(): Promise<void> {
    if (!this.#host.stage || this.#guide) return;
    this.#guide = await import('./guide.js');
    this.#playback ??= new this.#guide.Playback(() => this.#advance());
    this.#host.requestUpdate();
  }

  /** The stage on show, and its index among all; none before its code is loaded. */
  stageOf({config}: Pick<ArchitectureData, 'config'>): {
    stages: readonly Stage[];
    index: number | undefined;
    stage: ShownStage | undefined;
  } {
    const {stagesOf, spotsOf} = this.#guide ?? {};
    if (!stagesOf || !spotsOf) return {stages: [], index: undefined, stage: undefined};
    const stages = stagesOf(config);
    const index = stages.findIndex(({id}) => id === this.#host.stage);
    const found = stages[index];
    return {
      stages,
      index: found && index,
      stage: found && {
        ...found,
        spots: (layout, chosen) => spotsOf(found.id, found.parts, layout, chosen),
      },
    };
  }

  /** The part that the stage is about: it takes more room. @param head whose attention is on show */
  partOf(data: ArchitectureData, head: number): string {
    const {tensor, parts: [part = ''] = []} = this.stageOf(data).stage ?? {};
    if (!part.endsWith('.attn')) return part;
    return tensor?.endsWith('.attn.probs') ? `${part}.${head}` : '';
  }

  /** Goes forward and back by keys, once a stage is on show. */
  key(event: KeyboardEvent): void {
    const data = this.#parts.data();
    if (!data || !this.#host.stage) return;
    const {stages, index = 0} = this.stageOf(data);
    const step = stepFor(event, {current: index, last: stages.length - 1});
    if (step === undefined) return;
    this.goTo(stages[step]!.id);
  }

  stop(): void {
    this.#playback?.stop();
  }

  goTo = (stage: string): void => {
    this.stop();
    this.#goTo(stage);
  };

  /** Back to the whole map. */
  end = (): void => {
    this.goTo('');
    void refocus(this.#host, '.begin');
  };

  /** Renders the stage on show; without one, the button that begins. */
  render(look: Look, {kind}: MapLayout): TemplateResult {
    const {stages, index} = this.stageOf(look.data);
    return index !== undefined && this.#guide
      ? this.#guide.renderStage({
          stages,
          current: index,
          fact: this.#guide.factOf(stages[index]!, look),
          playing: this.#playback!.playing,
          withStrip: kind === 'narrow',
          goTo: (to) => this.goTo(stages[to]!.id),
          play: this.#play,
          end: this.end,
        })
      : this.#renderStart();
  }

  /** The button that begins at the first stage, and plays. */
  renderBegin(): TemplateResult {
    return html`<button class="primary begin" @click=${() => this.#begin()}>
      <span aria-hidden="true">▶</span> Walk through it
    </button>`;
  }

  #renderStart(): TemplateResult {
    const begin = (event: KeyboardEvent): void => {
      if (stepFor(event, {current: -1, last: 0}) !== undefined) void this.#begin();
    };
    return html`<div class="walkthrough" part="walkthrough" role="group" aria-label="Walkthrough" @keydown=${begin}>
      <div class="steps">${this.renderBegin()}<span class="note">one step at a time</span></div>
    </div>`;
  }

  /** Goes to the first stage. The buttons are others then: who has pressed one stays among them. */
  async #begin(): Promise<void> {
    this.#goTo(FIRST);
    await this.load();
    this.#play(!matchMedia('(prefers-reduced-motion: reduce)').matches);
    await refocus(this.#host, '.walkthrough.open .play');
  }

  #goTo(stage: string): void {
    this.#host.stage = stage;
    this.#parts.moved(stage);
  }

  #play = (playing: boolean): void => {
    if (playing) this.#playback?.start();
    else this.#playback?.stop();
    this.#host.requestUpdate();
  };

  /** Goes to the next stage while playing. */
  #advance(): boolean {
    const data = this.#parts.data();
    if (!data) return false;
    const {stages, index = -1} = this.stageOf(data);
    const next = stages[index + 1];
    if (next) this.#goTo(next.id);
    this.#host.requestUpdate();
    return index + 2 < stages.length;
  }
}
