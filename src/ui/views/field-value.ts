import {noChange} from 'lit';
import {Directive, type DirectiveParameters, directive, type PropertyPart} from 'lit/directive.js';

/** Sets the value of a field, but not while the reader is typing in it. */
class FieldValue extends Directive {
  #input?: HTMLInputElement;
  #value = '';
  #isTyping = false;

  override render(value: string | number): unknown {
    return value;
  }

  override update(part: PropertyPart, [value]: DirectiveParameters<this>): unknown {
    this.#value = `${value}`;
    if (!this.#input) {
      this.#input = part.element as HTMLInputElement;
      this.#input.addEventListener('input', () => (this.#isTyping = true));
      // A frame later, after the field's own listener and the rendering that it may lead to.
      for (const type of ['change', 'blur'])
        this.#input.addEventListener(type, () => requestAnimationFrame(this.#restore));
    }
    if (!this.#isTyping) this.#set();
    return noChange;
  }

  #restore = (): void => {
    this.#isTyping = false;
    this.#set();
  };

  #set(): void {
    if (this.#input!.value !== this.#value) this.#input!.value = this.#value;
  }
}

/**
 * The value of a number field, for `.value`: it does not change while the reader types, and when they are done the field shows what is
 * in force, also where their number was refused or moved into the range.
 */
export const fieldValue = directive(FieldValue);
