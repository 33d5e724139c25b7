/** The state of a figure as its element's attributes, written and read as in HTML. */

/** By attribute; null: the attribute is absent. */
export type FigureState = Record<string, string | null>;

const ATTRIBUTE = /(!?)([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/g;

/** Reads `layer=1 text="Sue had a" unscaled !compare`. */
export function parseState(text: string): FigureState {
  const state: FigureState = {};
  for (const [, not, name, double, single, plain] of text.matchAll(ATTRIBUTE))
    state[name!] = not ? null : (double ?? single ?? plain ?? '');
  return state;
}

/** What the attributes of `state` are now. */
export const currentState = (element: Element, state: FigureState): FigureState =>
  Object.fromEntries(Object.keys(state).map((name) => [name, element.getAttribute(name)]));

export function applyState(element: Element, state: FigureState): void {
  for (const [name, value] of Object.entries(state))
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const propertyOf = (attribute: string): string =>
  attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Whether an element is in `state`. A property that has its default value is not reflected to its attribute. */
export const isInState = (element: Element, state: FigureState): boolean =>
  Object.entries(state).every(([name, value]) => {
    const attribute = element.getAttribute(name);
    if (attribute !== null || value === null) return attribute === value;
    return String((element as unknown as Record<string, unknown>)[propertyOf(name)]) === value;
  });
