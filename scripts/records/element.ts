/** One element in Node: loads what it shows from a model, and gives its picture. */
import {nothingRendered, setWidth} from './dom.js';
import '../../src/all.js';
import {ReactiveElement} from 'lit';
import type {LiveModel} from '../../src/state/live-model.js';
import type {FooterOptions, GptElement} from '../../src/ui/base/gpt-element.js';
import {isPending} from './pending.js';

/** The members of an element that are needed here; some are protected. */
interface Recordable extends ReactiveElement {
  render(): unknown;
  lead(): unknown;
  footer(): FooterOptions;
}

/** Turns of the event loop without any work after which an element has all that it wants. */
const QUIET_TURNS = 3;
/** An element that works longer than this never ends. */
const PATIENCE_MS = 120_000;

export class RecordedElement {
  readonly #element: Recordable;
  #updates = 0;

  /** Makes the element with these attributes, as a window on `model`, with so many CSS pixels of room. */
  constructor(tag: string, attributes: Record<string, string>, model: LiveModel, width: number) {
    setWidth(width);
    const element = document.createElement(tag) as Recordable;
    this.#element = element;
    const provider = {localName: 'gpt-model', live: model};
    Object.assign(element, {
      getRootNode: () => ({getElementById: () => provider}),
      createRenderRoot: () => nothingRendered,
      update: (changed: Map<PropertyKey, unknown>) => {
        this.#updates++;
        element.render(); // rendering may ask for more
        (ReactiveElement.prototype as unknown as {update(changed: unknown): void}).update.call(
          element,
          changed,
        );
      },
      firstUpdated: () => {},
      updated: () => {},
    });
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    for (const [name, value] of Object.entries(attributes))
      element.attributeChangedCallback(name, null, value);
    element.connectedCallback();
  }

  /** Resolves when the element has nothing left to load or to compute. */
  async settled(): Promise<void> {
    const started = performance.now();
    let seen = -1;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      if (performance.now() - started > PATIENCE_MS)
        throw new Error(`<${this.#element.localName}> was still busy after ${PATIENCE_MS / 1000} s.`);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#updates !== seen || isPending() || this.#element.isUpdatePending) quiet = -1;
      seen = this.#updates;
    }
  }

  /** The picture that the element's SVG button saves, drawn anew; undefined if it has none. */
  async picture(): Promise<string | undefined> {
    this.#element.requestUpdate();
    await this.settled();
    const {picture} = this.#element.footer();
    return (typeof picture === 'function' ? await picture() : picture)?.svg();
  }

  /** What the element shows now, in one sentence. */
  get lead(): string {
    const lead = this.#element.lead();
    return typeof lead === 'string' ? lead : (this.#element.constructor as typeof GptElement).lead;
  }

  end(): void {
    this.#element.disconnectedCallback();
  }
}
