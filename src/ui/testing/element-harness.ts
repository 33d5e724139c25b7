import type {LitElement} from 'lit';
import {buttonNamed, fieldNamed} from './find-control.js';
import {isPainted} from './painted.js';
import {patience, until} from './until.js';
import {words} from './words.js';

/** A key by its name, or with its modifiers. */
export type Key = string | KeyboardEventInit;

/**
 * What a reader sees of an element and does to it, for tests and stories: only what is in its shadow DOM, never its
 * private state. Every element's own harness extends this one.
 */
export class ElementHarness<E extends LitElement = LitElement> {
  constructor(readonly element: E) {}

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  all<T extends Element = HTMLElement>(selector: string): T[] {
    return [...this.root.querySelectorAll<T>(selector)];
  }

  one<T extends Element = HTMLElement>(selector: string): T | null {
    return this.root.querySelector<T>(selector);
  }

  /** Returns the first match. @throws {Error} if there is none */
  field<T extends Element = HTMLInputElement>(selector: string): T {
    const found = this.one<T>(selector);
    if (!found) throw new Error(`There is no “${selector}” in: ${this.text}`);
    return found;
  }

  has(selector: string): boolean {
    return this.one(selector) !== null;
  }

  /** The text of the first match; empty if there is none. */
  words(selector: string): string {
    return words(this.one(selector));
  }

  /** All text, also what only screen readers are told. */
  get text(): string {
    return words(this.root);
  }

  /** The line that says what is highlighted. */
  get readout(): string {
    return this.words('.readout');
  }

  get error(): string {
    return this.words('[role="alert"]');
  }

  /** Alerts, status lines and what the element waits for. */
  get messages(): string {
    return this.all('[role="alert"], [role="status"], .waiting').map(words).join(' ').trim();
  }

  /** Whether everything that the element shows is there, and painted. */
  get isDrawn(): boolean {
    return !this.has('.waiting') && this.all<HTMLCanvasElement>('canvas').every(isPainted);
  }

  button(label: string): HTMLButtonElement {
    return buttonNamed(this.all<HTMLButtonElement>('button'), label);
  }

  hasButton(label: string): boolean {
    return this.all('button').some((button) => words(button).startsWith(label));
  }

  async press(label: string): Promise<void> {
    this.button(label).click();
    await this.element.updateComplete;
  }

  async click(selector: string): Promise<void> {
    this.field<HTMLElement>(selector).click();
    await this.element.updateComplete;
  }

  /** Replaces the text of the field with this label. */
  async type(label: string, text: string): Promise<void> {
    const field = fieldNamed(this.root, label);
    field.value = text;
    field.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  /** Sets a field, slider or choice, and leaves it. */
  async enter(selector: string, value: string | number): Promise<void> {
    const field = this.field(selector);
    field.value = `${value}`;
    field.dispatchEvent(new InputEvent('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }

  /** Sets or clears the first checkbox. */
  async check(checked: boolean): Promise<void> {
    const box = this.field('input[type="checkbox"]');
    if (box.checked !== checked) box.click();
    await this.element.updateComplete;
  }

  /** Drops a file on the element, as from the desktop. */
  async drop(file: File): Promise<void> {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    for (const type of ['dragover', 'drop']) {
      this.element.dispatchEvent(new DragEvent(type, {dataTransfer, bubbles: true, cancelable: true}));
      await this.element.updateComplete;
    }
  }

  /** Presses keys, one after another, in an element or in what `keyTarget` finds by this name. */
  async keys(target: string | HTMLElement, ...keys: Key[]): Promise<void> {
    for (const key of keys) {
      const node = typeof target === 'string' ? this.keyTarget(target) : target;
      const init = typeof key === 'string' ? {key} : key;
      node.focus();
      node.dispatchEvent(
        new KeyboardEvent('keydown', {bubbles: true, cancelable: true, composed: true, ...init}),
      );
      await this.element.updateComplete;
    }
  }

  /** What takes keys by this name: the table with this caption. */
  protected keyTarget(name: string): HTMLElement {
    return this.table(name);
  }

  get captions(): string[] {
    return this.all('caption').map(words);
  }

  /** Returns the table whose caption contains these words. @throws {Error} if there is none */
  table(caption: string): HTMLTableElement {
    const found = this.all<HTMLTableElement>('table').find((table) => words(table.caption).includes(caption));
    if (!found) throw new Error(`There is no table “${caption}” among: ${this.captions.join(', ')}`);
    return found;
  }

  /** Returns the numbers of a table as they are written; “masked” where there is none. */
  numbers(caption: string): string[][] {
    return [...this.table(caption).querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.querySelector('input')?.value ?? words(cell)),
    );
  }

  /** Returns the text of all cells of the rows that match, row headers included. */
  rowTexts(selector = 'tbody tr'): string[][] {
    return this.all(selector).map((row) => [...row.children].map(words));
  }

  until(condition: () => boolean, what = 'it', timeoutMs = patience.ms): Promise<void> {
    return until(condition, () => `${what}: ${this.text}`, {
      timeoutMs,
      settled: () => this.element.updateComplete,
    });
  }

  /** Waits until everything is drawn, with the properties that were just set. */
  async drawn(): Promise<void> {
    await this.element.updateComplete;
    await this.until(() => this.isDrawn, 'the drawing');
  }
}
