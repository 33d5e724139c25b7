/** Numbers as readers see them: three significant digits, aligned on the point, words for time. */

/** Rounds to some significant digits: 1234.5 → “1,230”. Without `Intl`, whose first formatter holds a page up. */
function significant(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(rounded)));
  const [whole, fraction] = rounded.toFixed(Math.max(0, places)).split('.') as [string, string?];
  return `${grouped(whole)}${fraction ? `.${fraction}` : ''}`;
}

const grouped = (whole: string): string => whole.replace(/\d(?=(\d{3})+$)/g, '$&,');

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** -7 → “⁻⁷”. */
const superscript = (exponent: string): string =>
  exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);

/** As a power of ten: 2.5e-7 → “2.5 × 10⁻⁷”, 1e-7 with one digit → “10⁻⁷”. */
export function power(value: number, digits = 3): string {
  const [factor, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
  const ten = `10${superscript(exponent)}`;
  return factor === '1' ? ten : `${factor.replace('-', '−')} × ${ten}`;
}

/** 0.71834 → “0.718”; whole numbers below a million stay exact: “12,345”; 0.00000025 → “2.50 × 10⁻⁷”. */
export function number(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return grouped(`${value || 0}`).replace('-', '−');
  const magnitude = Math.abs(value);
  const text =
    magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)
      ? power(value, digits)
      : significant(value, digits);
  return text.replace('-', '−');
}

/** A fixed number of decimals, so that columns align on the point. */
export function decimals(value: number, places = 3): string {
  const text = value.toFixed(places);
  // What rounds to zero has no sign.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** 0.0312 → “3.1 %”. */
export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** 3700 → “1 h 2 min”, 75 → “1 min 15 s”, 0.3 → “under a second”. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown time';
  if (seconds < 1) return 'under a second';
  const total = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}

/** 818_432 → “818 thousand”, 163_009_536 → “163 million”. */
export function count(value: number): string {
  if (value >= 1e9) return `${number(value / 1e9)} billion`;
  if (value >= 1e6) return `${number(value / 1e6)} million`;
  if (value >= 1e4) return `${Math.round(value / 1e3)} thousand`;
  return Math.round(value).toLocaleString('en');
}

/** 652_038_144 → “652 MB”, 39 → “39 bytes” (1 MB = 10⁶ bytes, as model hubs and file managers count). */
export function bytes(value: number, digits = 3): string {
  if (value >= 1e9) return `${number(value / 1e9, digits)} GB`;
  if (value >= 1e6) return `${number(value / 1e6, digits)} MB`;
  return value >= 1e3 ? `${number(value / 1e3, digits)} kB` : `${Math.round(value)} bytes`;
}

/** A token with its spaces and control characters made visible: “ she” → “·she”. */
export {visibleWhitespace as visibleToken} from '../../tokenizers/visible.js';
