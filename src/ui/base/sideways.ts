import {nothing} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import type {ElementPart} from 'lit/directive.js';

/** Pixels that rounding may leave at an end. */
const SLACK = 2;

/**
 * Marks a box that scrolls sideways with the sides on which it hides something, as `data-hides="left right"`: there the
 * shared styles fade its edge, so that a reader sees that there is more.
 */
class Sideways extends AsyncDirective {
  #box?: HTMLElement;
  #observer?: ResizeObserver;

  override render(): unknown {
    return nothing;
  }

  override update({element}: ElementPart): unknown {
    if (this.#box !== element) {
      this.disconnected();
      this.#box = element as HTMLElement;
      this.reconnected();
    }
    return nothing;
  }

  protected override disconnected(): void {
    this.#observer?.disconnect();
    this.#box?.removeEventListener('scroll', this.#mark);
  }

  protected override reconnected(): void {
    const box = this.#box!;
    this.#observer = new ResizeObserver(this.#mark);
    this.#observer.observe(box);
    if (box.firstElementChild) this.#observer.observe(box.firstElementChild);
    box.addEventListener('scroll', this.#mark, {passive: true});
  }

  #mark = (): void => {
    const {scrollLeft, scrollWidth, clientWidth, dataset} = this.#box!;
    const left = Math.abs(scrollLeft) > SLACK;
    const right = Math.abs(scrollLeft) + clientWidth < scrollWidth - SLACK;
    const hides = [left && 'left', right && 'right'].filter(Boolean).join(' ');
    if (dataset.hides !== hides) dataset.hides = hides;
  };
}

export const sideways = directive(Sideways);
