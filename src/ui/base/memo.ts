/** Remembers what something was last made from, so that it is made again only when that changes. */
export class Memo {
  #last: readonly unknown[] = [];

  /** Whether any input is another than the last time. */
  changed(...inputs: unknown[]): boolean {
    const same =
      inputs.length === this.#last.length && inputs.every((input, i) => Object.is(input, this.#last[i]));
    this.#last = inputs;
    return !same;
  }

  forget(): void {
    this.#last = [];
  }
}
