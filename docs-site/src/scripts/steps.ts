/** Steps beside a figure that stays in view: scrolling to a step, or the arrow keys, set the figure to it. */
import {applyState, isInState, parseState} from './figure-state';

/** From here on the steps stand beside their figure. */
const beside = matchMedia('(min-width: 64rem)');
/** A step counts as read while it crosses this band of the screen. */
const BAND = '-35% 0px -55% 0px';

class StepsBeside {
  readonly #steps: HTMLElement[];
  readonly #figure: HTMLElement;

  constructor(section: HTMLElement) {
    this.#steps = [...section.querySelectorAll<HTMLElement>('.step')];
    this.#figure = section.querySelector<HTMLElement>('.live')!;
    new ResizeObserver(() => this.#keepInView()).observe(this.#figure);
    addEventListener('resize', () => this.#keepInView());
    const seen = new IntersectionObserver((entries) => this.#scrolled(entries), {rootMargin: BAND});
    for (const step of this.#steps) seen.observe(step);
    section.addEventListener('keydown', (event) => this.#pressed(event));
    const changed = new MutationObserver(() => this.#mark());
    for (const element of new Set(this.#steps.map((step) => this.#elementOf(step))))
      if (element) changed.observe(element, {attributes: true});
    this.#mark();
  }

  #elementOf(step: HTMLElement): Element | null {
    return document.getElementById(step.dataset.figure!);
  }

  /** A figure that is higher than the screen stays with its lower end in view. */
  #keepInView(): void {
    const room =
      innerHeight -
      this.#figure.offsetHeight -
      parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom || '0');
    this.#figure.style.setProperty('--stick', `${Math.min(24, room)}px`);
  }

  #scrolled(entries: IntersectionObserverEntry[]): void {
    if (!beside.matches) return;
    const step = entries.find(({isIntersecting}) => isIntersecting)?.target as HTMLElement | undefined;
    if (step) this.#set(step);
  }

  #set(step: HTMLElement): void {
    const element = this.#elementOf(step);
    if (element) applyState(element, parseState(step.dataset.set!));
    this.#mark();
  }

  /** Marks the step that the figure shows, however it came there. */
  #mark(): void {
    for (const step of this.#steps) {
      const element = this.#elementOf(step);
      const isShown = element !== null && isInState(element, parseState(step.dataset.set!));
      step.classList.toggle('current', isShown);
      step.querySelector('.show')?.setAttribute('aria-current', isShown ? 'step' : 'false');
    }
  }

  /** From a step's title the arrow keys lead to the next and the previous; in the figure they are its own. */
  #pressed(event: KeyboardEvent): void {
    const at = this.#steps.findIndex((step) => step.contains(event.target as Node));
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.#steps.length - 1;
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last}[event.key];
    const step = to === undefined ? undefined : this.#steps[to];
    if (!step) return;
    event.preventDefault();
    this.#set(step);
    step.querySelector<HTMLElement>('.show')?.focus();
  }
}

for (const section of document.querySelectorAll<HTMLElement>('.steps-beside')) new StepsBeside(section);
