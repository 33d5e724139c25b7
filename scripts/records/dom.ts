/**
 * As much of a browser as elements need to load their data and make their pictures in Node. Lit's own shim for servers has
 * the classes; here they get a page in which everything is in view. Nothing is rendered. Imported before any element.
 */
import './timers.js';
import * as shim from '@lit-labs/ssr-dom-shim';

/** CSS pixels that a figure has for its drawing. */
let width = 720;

export function setWidth(pixels: number): void {
  width = pixels;
}

/** Tells at once that what it observes is in view. */
class EverythingInView extends shim.IntersectionObserver {
  readonly #tell: (entries: {isIntersecting: boolean}[]) => void;

  constructor(tell: (entries: {isIntersecting: boolean}[]) => void) {
    super(() => {});
    this.#tell = tell;
  }

  override observe(): void {
    queueMicrotask(() => this.#tell([{isIntersecting: true}]));
  }
}

class Page extends EventTarget {
  readonly hidden = false;
  readonly readyState = 'complete';
  readonly baseURI = 'https://example.org/';
  readonly documentElement = {lang: 'en'};

  /** Lit makes one when it is loaded. */
  createTreeWalker(): unknown {
    return {};
  }

  createElement(tag: string): unknown {
    const element = shim.customElements.get(tag);
    if (!element) throw new Error(`There is no element <${tag}>.`);
    return new element();
  }
}

/** In place of nodes that only a rendered element has. */
const nothingRendered = {
  querySelector: () => null,
  querySelectorAll: () => [],
  prepend: () => {},
  append: () => {},
  addEventListener: () => {},
};

const media = (query: string) =>
  Object.assign(new EventTarget(), {matches: query.includes('prefers-reduced-motion'), media: query});

Object.assign(globalThis, {
  HTMLElement: shim.HTMLElement,
  Element: shim.HTMLElement,
  Node: class {},
  ShadowRoot: class {},
  Document: class {},
  customElements: Object.assign(shim.customElements, {upgrade: () => {}}),
  MutationObserver: shim.MutationObserver,
  ResizeObserver: shim.ResizeObserver,
  IntersectionObserver: EverythingInView,
  CSSStyleSheet: shim.CSSStyleSheet,
  document: new Page(),
  window: globalThis,
  matchMedia: media,
  getComputedStyle: () => ({paddingLeft: '0', paddingRight: '0', direction: 'ltr', fontSize: '16px'}),
  requestAnimationFrame: (draw: (now: number) => void) => setTimeout(() => draw(performance.now())),
  cancelAnimationFrame: clearTimeout,
});

Object.defineProperties(shim.HTMLElement.prototype, {
  clientWidth: {get: () => width},
  isConnected: {get: () => true},
  querySelector: {value: () => null},
  querySelectorAll: {value: () => []},
  closest: {value: () => null},
  childNodes: {value: []},
  children: {value: []},
});

export {nothingRendered};
