export interface FocusHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<unknown>;
}

/** Focuses an element of the next rendering, where the button that was pressed is gone: the keys go on from there. */
export async function refocus(host: FocusHost, selector: string): Promise<void> {
  await host.updateComplete;
  if (!(host.renderRoot as ShadowRoot).activeElement) await moveFocus(host, selector);
}

/** Focuses an element of the next rendering. */
export async function moveFocus(host: FocusHost, selector: string): Promise<void> {
  await host.updateComplete;
  host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
}
