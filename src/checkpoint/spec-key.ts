import {hash32} from '../math/rng.js';

/** The same value with the keys of every object in order, so that equal specs give equal text. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, inOrder(v)]));
}

/** A short key of whatever a model is made from: 64 bits of hash and the length. Equal specs, equal keys. */
export function specKey(spec: object): string {
  const text = JSON.stringify(inOrder(spec));
  let [a, b] = [1, 2];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = hash32(a ^ unit);
    b = hash32((b + unit) | 0);
  }
  return [a, b, text.length].map((part) => part.toString(36)).join('-');
}
