import {uniformStream} from '../../src/math/rng.js';

/** What breaks tokenizers: every kind of whitespace, parts of words, marks that combine, names of special tokens. */
const PIECES = [
  ...[' ', '  ', '   ', '\n', '\r\n', '\n\n', '\t', '\v', '\f', '\u0000', '\u0007', '\u001c', '\u0085', '\u00a0', '\u00ad', '\ufeff'],
  ...['\u1680', '\u180e', '\u2003', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\u200b', '\u200d', '\u2060', '\ufffd'],
  ...['The', ' cat', 'sat', ' on', 'the ', 'mat', '.', ',', '!', '?', '--', '-', '---', ':', ';', '(', ')', '"', "'", '“', '”', '…', '_'],
  ...["don't", "I'LL", "we've", "'s", "'S", "'ſ", 'o’clock', '3.14', '1234567', '½', '²', '٣', '४', 'Ⅷ', '〇', '①'],
  ...['é', 'e\u0301', '\u0301', 'Z\u0351\u036b\u0343', 'ß', 'İ', 'ı', 'ﬁ', 'Ǆ', 'ʕ', 'ª', '世界', 'こんにちは', '안녕', '각', 'مرحبا', 'שלום', 'नमस्ते', 'ไทย'],
  ...['👍', '👍🏽', '👨‍👩‍👧', '🏳️‍🌈', '🇩🇪', '𐍈', '𝔘𝔫𝔦', '𠮷', '\u{e0001}', '\u{10ffff}', '\ue000', '\ufdd0', '\u0378'],
  ...['<|endoftext|>', '<|endoftext|', '<|ENDOFTEXT|>', '<|unk|>', '<|im_start|>', '[CLS]', '</s>', '<pad>', '<0x0A>', 'Ġ', 'Ċ', '▁', '##ing'],
  ...['{}', '();', '=>', '&amp;', '\\n', '%20', 'http://a.b/?c=d', 'a'.repeat(40), 'ha'.repeat(20), '='.repeat(70), ' '.repeat(33), '0'.repeat(25)],
]; // biome-ignore format: a list

/** Returns `count` texts, each of up to 14 such pieces or of code points from anywhere. Well-formed: files hold them as UTF-8. */
export function hostileTexts(count: number, seed: number): string[] {
  const next = uniformStream(seed);
  const below = (n: number) => Math.floor(next() * n);
  const anywhere = () => {
    const code = below(next() < 0.5 ? 0x3000 : 0x20000);
    return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCodePoint(code);
  };
  return Array.from({length: count}, (_, i) =>
    Array.from({length: i === 0 ? 0 : 1 + below(14)}, () =>
      next() < 0.85 ? PIECES[below(PIECES.length)]! : anywhere(),
    ).join(''),
  );
}
