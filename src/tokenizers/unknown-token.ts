/** The text holds characters that the tokenizer has never seen. */
export class UnknownTokenError extends Error {
  override name = 'UnknownTokenError';
  constructor(
    /** The characters, each once, in order of appearance. */
    readonly unknown: string[],
    /** Index of the first one in the text, in UTF-16 units. */
    readonly position: number,
  ) {
    const list = unknown
      .slice(0, 5)
      .map((c) => `“${c}”`)
      .join(', ');
    super(
      `${list}${unknown.length > 5 ? ' …' : ''} ${unknown.length === 1 ? 'does' : 'do'} not occur in the text this tokenizer ` +
        `was made from, so there is no token for ${unknown.length === 1 ? 'it' : 'them'}.`,
    );
  }
}
