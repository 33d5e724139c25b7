/** Reads what `number()` prints: “−2.50 × 10⁻⁷” → -2.5e-7. */
export function readNumber(text: string): number {
  const plain = text
    .replaceAll('−', '-')
    .replaceAll(',', '')
    .replace(/(?: × |^)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (power, digits: string) => {
      const exponent = [...digits]
        .map((digit) => (digit === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)))
        .join('');
      return `${power.startsWith('10') ? '1' : ''}e${exponent}`;
    });
  return Number(plain);
}
