/** Links that set a figure's state and bring it into view; the browser's Back button restores what it showed before. */
import {applyState, currentState, type FigureState, parseState} from './figure-state';

/** What an entry of the session's history keeps: the states of figures, by the id of their elements. */
interface Entry {
  figures?: Record<string, FigureState>;
}
const entry = (): Entry => (history.state as Entry | null) ?? {};

const isReduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

function show(id: string, state: FigureState): void {
  const element = document.getElementById(id);
  if (!element) return;
  const before = currentState(element, state);
  history.replaceState({...entry(), figures: {...entry().figures, [id]: before}}, '');
  history.pushState({figures: {[id]: state}}, '', `#${id}`);
  applyState(element, state);
  bringIntoView(element);
}

function bringIntoView(element: HTMLElement): void {
  for (const details of ancestors(element, 'details')) (details as HTMLDetailsElement).open = true;
  const figure = element.closest<HTMLElement>('.live') ?? element;
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({preventScroll: true});
  const {top, bottom} = figure.getBoundingClientRect();
  const fits = top >= 0 && bottom <= innerHeight;
  if (!fits) figure.scrollIntoView({block: 'start', behavior: isReduced() ? 'instant' : 'smooth'});
  figure.classList.remove('shown');
  requestAnimationFrame(() => figure.classList.add('shown'));
}

function* ancestors(element: Element, selector: string): Generator<Element> {
  for (let one = element.closest(selector); one; one = one.parentElement?.closest(selector) ?? null)
    yield one;
}

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
    return;
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-set]');
  if (!link) return;
  event.preventDefault();
  show(link.hash.slice(1), parseState(link.dataset.set!));
});

addEventListener('popstate', () => {
  for (const [id, state] of Object.entries(entry().figures ?? {})) {
    const element = document.getElementById(id);
    if (element) applyState(element, state);
  }
});
