/** What a textarea does to a text. */
const normalized = (text: string): string => text.replace(/\r\n?/g, '\n');

/**
 * A text as a `<textarea>` holds it. A textarea turns `\r\n` and `\r` into `\n`, so positions in it differ from indices
 * in the text, whose tokens are shown. Both count UTF-16 units.
 */
export class FieldText {
  /** The field's text. */
  readonly value: string;
  readonly #text: string;
  /** By position in the field: the index in the text of its character; of `\r\n`, of the `\n`. */
  readonly #indices: number[] = [];
  /** By index in the text: the position in the field. */
  readonly #positions: number[] = [];

  constructor(text: string) {
    this.#text = text;
    this.value = normalized(text);
    for (let i = 0; i < text.length; i++) {
      this.#positions.push(this.#indices.length);
      if (!this.#startsCrLf(i)) this.#indices.push(i);
    }
  }

  /** Returns the index in the text of the character at a position in the field. */
  indexOf(position: number): number {
    return this.#indices[position] ?? this.#text.length;
  }

  /** Returns what the field shows of a part of the text; of `\r\n`, the `\r` shows nothing. */
  slice(start: number, end?: number): string {
    return this.value.slice(this.#positions[start] ?? this.value.length, end && this.#positions[end]);
  }

  /** Returns the text with a part of the field replaced. Line ends elsewhere stay as they are. */
  replace(from: number, to: number, inserted: string): string {
    return this.#text.slice(0, this.#boundary(from)) + inserted + this.#text.slice(this.#boundary(to));
  }

  /** Returns the text after the field was edited to `value`. */
  edit(value: string): string {
    const shorter = Math.min(value.length, this.value.length);
    let start = 0;
    while (start < shorter && value[start] === this.value[start]) start++;
    let end = 0;
    while (end < shorter - start && value.at(-1 - end) === this.value.at(-1 - end)) end++;
    const text = this.replace(start, this.value.length - end, value.slice(start, value.length - end));
    // A `\r` and a `\n` that the edit has brought together would be one line end.
    return normalized(text) === value ? text : value;
  }

  /** The index in the text where the character at a position in the field begins; of `\r\n`, of the `\r`. */
  #boundary(position: number): number {
    const index = this.indexOf(position);
    return this.#startsCrLf(index - 1) ? index - 1 : index;
  }

  #startsCrLf(index: number): boolean {
    return this.#text[index] === '\r' && this.#text[index + 1] === '\n';
  }
}
