import type {ReactiveController, ReactiveControllerHost, TemplateResult} from 'lit';

/** Milliseconds that a sentence stays. */
const STAYS_MS = 4000;

/** What became of a press, shown beside its button for a few seconds. A template, such as a field to copy from, stays. */
export class BriefMessage implements ReactiveController {
  content: TemplateResult | string = '';
  #timer?: ReturnType<typeof setTimeout>;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  show(content: TemplateResult | string): void {
    clearTimeout(this.#timer);
    this.content = content;
    this.#host.requestUpdate();
    if (content && typeof content === 'string') this.#timer = setTimeout(() => this.show(''), STAYS_MS);
  }

  hostDisconnected(): void {
    if (this.content) this.show('');
  }
}
