/** Whitespace made visible, for tokens on screen. */

const MARKS: Record<string, string> = {' ': '·', '\n': '↵', '\t': '⇥', '\r': '␍', '\u00a0': '⍽'};

/**
 * Space → ·, newline → ↵, tab → ⇥, carriage return → ␍, no-break space → ⍽. Other control characters → their picture
 * (U+0000 → ␀), so that nothing on screen is invisible. For display only: the text cannot be recovered from it.
 */
export function visibleWhitespace(text: string): string {
  return text.replace(/[\p{Cc} \u00a0]/gu, (character) => {
    const code = character.codePointAt(0)!;
    if (MARKS[character]) return MARKS[character];
    if (code < 0x20) return String.fromCodePoint(0x2400 + code); // Unicode's “control pictures”
    return code === 0x7f ? '␡' : `\\x${code.toString(16)}`;
  });
}
