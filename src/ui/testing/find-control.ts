import {words} from './words.js';

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Returns the button with this label, else the first whose label starts with it. @throws {Error} if there is none */
export function buttonNamed<T extends HTMLElement>(buttons: Iterable<T>, label: string): T {
  const all = [...buttons];
  const found =
    all.find((button) => words(button) === label) ?? all.find((button) => words(button).startsWith(label));
  if (!found) throw new Error(`There is no button “${label}” among: ${all.map(words).join(', ')}`);
  return found;
}

/** Returns the field with this label. @throws {Error} if there is none */
export function fieldNamed(root: ParentNode, label: string): Field {
  for (const field of root.querySelectorAll<Field>('input, textarea, select'))
    if (namesOf(field).includes(label)) return field;
  throw new Error(`There is no field “${label}”.`);
}

function namesOf(field: Field): string[] {
  return [field.ariaLabel ?? '', ...[...(field.labels ?? [])].map(ownWords)];
}

/** The words of a label, without those of the controls inside it. */
function ownWords(label: HTMLLabelElement): string {
  const copy = label.cloneNode(true) as HTMLElement;
  for (const control of copy.querySelectorAll('input, textarea, select, output, button')) control.remove();
  return words(copy);
}
