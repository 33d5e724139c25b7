/** The button with this label. @throws {Error} where there is none */
export function buttonNamed<T extends HTMLElement>(buttons: Iterable<T>, label: string): T {
  for (const button of buttons) if (button.textContent!.trim() === label) return button;
  throw new Error(`There is no button “${label}”.`);
}
