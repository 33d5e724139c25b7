import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {readTheme, type Theme} from '../../viz/theme.js';

/**
 * The colors as they apply to the host, read anew when the page goes from light to dark or sets other tokens.
 * No event tells of that; but a transition starts when a computed color changes, whatever changed it.
 */
export class ThemeController implements ReactiveController {
  #theme?: Theme;
  #probe?: HTMLElement;
  /** Paper is white: the host is drawn in light colors before the page is printed, and as before afterwards. */
  readonly #print = matchMedia('print');
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get theme(): Theme {
    return (this.#theme ??= readTheme(this.#host));
  }

  hostConnected(): void {
    this.#theme = undefined;
    this.#print.addEventListener('change', this.#changed);
  }

  hostUpdated(): void {
    if (this.#probe || !this.#host.isConnected) return;
    this.#probe = document.createElement('span');
    this.#probe.ariaHidden = 'true';
    // `!important` twice: reduced motion switches transitions off, and this one moves nothing.
    this.#probe.style.cssText =
      'position: absolute; visibility: hidden; border: 0 solid; color: var(--_text); background-color: var(--_background);' +
      'outline-color: var(--_attention); border-top-color: var(--_query); border-right-color: var(--_key);' +
      'border-bottom-color: var(--_train); border-left-color: var(--_validation);' +
      'transition: color 1ms, background-color 1ms, outline-color 1ms, border-color 1ms !important;';
    this.#probe.addEventListener('transitionend', this.#changed);
    this.#host.shadowRoot?.prepend(this.#probe);
  }

  hostDisconnected(): void {
    this.#print.removeEventListener('change', this.#changed);
    this.#probe?.remove();
    this.#probe = undefined;
  }

  #changed = (): void => {
    this.#theme = undefined;
    this.#host.requestUpdate();
  };
}
