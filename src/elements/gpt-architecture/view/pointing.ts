/** The part that the mouse points at. After a key it points at none until it moves: readers who use keys may have left it lying there. */
export class Pointing {
  readonly #changed: (part: string | undefined) => void;
  #isResting = false;
  /** Where the pointer was last, on the screen. */
  #last = '';

  constructor(changed: (part: string | undefined) => void) {
    this.#changed = changed;
  }

  /** The pointer is over a part, or over none. Browsers say so also when a part has moved below a resting pointer. */
  at({pointerType, screenX, screenY}: PointerEvent, part: string | undefined): void {
    if (pointerType === 'touch') return;
    const place = `${screenX} ${screenY}`;
    if (this.#isResting && place === this.#last) return;
    this.#last = place;
    this.#isResting = false;
    this.#changed(part);
  }

  leave(): void {
    this.#changed(undefined);
  }

  /** The reader goes on by keys. */
  rest({key}: KeyboardEvent): void {
    if (/^(Control|Shift|Alt|Meta)$/.test(key)) return;
    this.#isResting = true;
    this.#changed(undefined);
  }
}
