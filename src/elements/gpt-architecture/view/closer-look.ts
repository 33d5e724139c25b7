/** Single numbers, attributions, sizes, diagrams and patches: their code is loaded with the first look at one of them. */
import {adoptStyles, type CSSResultOrNative} from 'lit';
import type {LiveModel} from '../../../state/live-model.js';
import type {Along} from '../data/read-architecture.js';
import type {CloserPanel} from './closer-panel.js';
import type {CloserHost, Look} from './look.js';
import type {PatchingContext} from './patching.js';

export class CloserLook {
  /** Once its code is loaded. */
  panel?: CloserPanel;
  readonly #host: CloserHost;
  readonly #styles: CSSResultOrNative[];
  readonly #patching: PatchingContext;

  constructor(host: CloserHost, styles: CSSResultOrNative[], patching: PatchingContext) {
    this.#host = host;
    this.#styles = styles;
    this.#patching = patching;
  }

  async load(): Promise<CloserPanel> {
    const code = await import('./closer.js');
    if (!this.panel) {
      this.panel = new code.CloserPanel(this.#host, this.#patching);
      adoptStyles(this.#host.renderRoot as ShadowRoot, [...this.#styles, ...code.styles]);
      this.#host.requestUpdate();
    }
    return this.panel;
  }

  /**
   * Returns what has to be read with the map while the model trains, so that all numbers are of one step.
   * @param position of the token whose candidate may be selected
   */
  async along(model: LiveModel, look: Look, position: number): Promise<Along> {
    return model.status === 'training' ? (await this.load()).along(model.config!, look, position) : {};
  }
}
