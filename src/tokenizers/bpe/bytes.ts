/**
 * GPT-2's spelling of bytes: each of the 256 bytes is written as one printable character, so that any token, even a part of
 * a character, can stand in a text file. A space is “Ġ”, a newline “Ċ”, and “é” (bytes c3 a9) is “Ã©”.
 *
 * The printable bytes of Latin-1 stand for themselves and come first, as ids 0 … 187; the other 68 follow as U+0100, U+0101, ….
 * This order is GPT-2's order of ids too.
 *
 * Source: `bytes_to_unicode` in OpenAI's GPT-2, https://github.com/openai/gpt-2/blob/master/src/encoder.py
 */

const isPrintable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

const allBytes = Array.from({length: 256}, (_, byte) => byte);

/** Id (0 … 255) → byte: the order in which a byte-level vocabulary begins. */
export const BYTE_ORDER: readonly number[] = [
  ...allBytes.filter(isPrintable),
  ...allBytes.filter((byte) => !isPrintable(byte)),
];

/** Id (0 … 255) → the character that stands for this byte. */
export const BYTE_CHARACTERS: readonly string[] = BYTE_ORDER.map((byte, id) =>
  String.fromCodePoint(isPrintable(byte) ? byte : 0x100 + id - 188),
);

const byteOf = new Map(BYTE_CHARACTERS.map((character, id) => [character, BYTE_ORDER[id]!]));

/** “Ġcat” → the bytes of “ cat”; undefined where a character stands for no byte. */
export function bytesOfSpelling(spelling: string): Uint8Array | undefined {
  const bytes = new Uint8Array(spelling.length);
  for (let i = 0; i < spelling.length; i++) {
    const byte = byteOf.get(spelling[i]!);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

/** The way back: the bytes of “ cat” → “Ġcat”. */
export function spellingOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => BYTE_CHARACTERS[idOfByte[byte]!]!).join('');
}

/** Byte → its id (0 … 255) in a vocabulary that begins with all bytes. */
export const idOfByte: Uint8Array = Uint8Array.from(allBytes.map((byte) => BYTE_ORDER.indexOf(byte)));
