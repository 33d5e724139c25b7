import {html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {EngineError} from '../../state/index.js';
import type {LiveModel} from '../../state/live-model.js';
import {errorWords} from '../base/error-words.js';
import {bytes, duration} from '../base/format.js';

/** Seconds over which the speed is averaged. */
const MEMORY_SECONDS = 5;

/** Long work on files, one piece at a time: how far it is, how long it takes yet, and what became of it. */
export class FileWork implements ReactiveController {
  /** Why the last work failed, as a sentence for the reader. */
  problem = '';
  /** What is being done; undefined: nothing. */
  running?: string;
  /** What the reader canceled last; undefined where something else came of it. */
  canceled?: string;

  #abort?: AbortController;
  /** Whether the reader pressed Cancel. The work also ends when its model or its element goes. */
  #isByReader = false;
  #model?: LiveModel;
  /** Bytes a second, averaged. */
  #speed = 0;
  #last?: {message: string; done: number; time: number};
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  cancel = (): void => this.#abort?.abort();

  #onCancel = (): void => {
    this.#isByReader = true;
    this.cancel();
  };

  /**
   * Does work that the reader can cancel. What fails is shown.
   * @returns undefined where it failed or was canceled
   */
  async run<T>(
    name: string,
    model: LiveModel,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    if (this.running !== undefined) return undefined;
    this.#abort = new AbortController();
    this.running = name;
    this.problem = '';
    this.canceled = undefined;
    this.#last = undefined;
    this.#model = model;
    model.addEventListener('gpt-loading', this.#progressed);
    this.#host.requestUpdate();
    try {
      return await work(this.#abort.signal);
    } catch (error) {
      if ((error as EngineError).code !== 'canceled') this.problem = errorWords(error as Error);
      else if (this.#isByReader) this.canceled = name;
      return undefined;
    } finally {
      model.removeEventListener('gpt-loading', this.#progressed);
      this.running = this.#abort = this.#model = undefined;
      this.#isByReader = false;
      this.#host.requestUpdate();
    }
  }

  render(): TemplateResult {
    const {running, problem} = this;
    const loading = this.#model?.loading;
    // Only the message is announced, not every change of the amounts.
    return html`<div class="work">
        <span class="message" role="status">${running === undefined ? '' : `${loading?.message ?? running} …`}</span>
        ${
          running !== undefined && loading?.total
            ? html`<progress max=${loading.total} .value=${loading.done} aria-label=${running}></progress>
                <span class="number">${this.#amounts(loading)}</span>`
            : nothing
        }
        ${running === undefined ? nothing : html`<button @click=${this.#onCancel}>Cancel</button>`}
      </div>
      ${running === undefined && problem ? html`<div class="error" role="alert">${problem}</div>` : nothing}`;
  }

  #amounts({done, total}: {done: number; total: number}): string {
    const left = this.#speed > 0 ? `, ${duration((total - done) / this.#speed)} left` : '';
    return `${bytes(done)} of ${bytes(total)}${left}`;
  }

  #progressed = ({detail}: {detail: {message: string; done: number}}): void => {
    const time = performance.now() / 1000;
    const last = this.#last;
    if (last?.message === detail.message && detail.done >= last.done) {
      const seconds = time - last.time;
      if (seconds < 0.2) return;
      const weight = Math.min(1, seconds / MEMORY_SECONDS);
      const speed = (detail.done - last.done) / seconds;
      this.#speed = this.#speed > 0 ? this.#speed + weight * (speed - this.#speed) : speed;
    } else this.#speed = 0;
    this.#last = {message: detail.message, done: detail.done, time};
    this.#host.requestUpdate();
  };
}
