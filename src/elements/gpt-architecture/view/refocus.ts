export interface FocusHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<unknown>;
}

/** Focuses an element of the next rendering, where the button that was pressed is gone: the keys go on from there. */
export async function refocus(host: FocusHost, selector: string): Promise<void> {
  await host.updateComplete;
  if (!(host.renderRoot as ShadowRoot).activeElement)
    host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
}
