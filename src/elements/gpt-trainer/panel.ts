import {html, nothing, type TemplateResult} from 'lit';

export interface Panel {
  name: string;
  /** How things stand, in a few words. */
  fact: string;
  open: boolean;
  toggle(open: boolean): void;
  /** What is drawn when it is open. */
  content: () => TemplateResult;
}

/** One line that says how things stand, and opens to change them. */
export function renderPanel({name, fact, open, toggle, content}: Panel): TemplateResult {
  const onToggle = (event: Event) => {
    const isOpen = (event.target as HTMLDetailsElement).open;
    if (isOpen !== open) toggle(isOpen);
  };
  return html`<details .open=${open} @toggle=${onToggle}>
    <summary><span class="name">${name}</span> <span class="fact">${fact}</span></summary>
    <div class="panel">${open ? content() : nothing}</div>
  </details>`;
}
