import type {Theme} from '../../../viz/theme.js';
import type {ArchitectureData} from '../data/architecture-data.js';

const known = new WeakMap<ArchitectureData, WeakMap<Theme, Map<string, unknown>>>();

/**
 * Returns what is computed once for each forward pass, theme and key: drawing asks again in every frame, and a surface
 * recognizes an array of colors that it has drawn before.
 */
export function cached<T>(data: ArchitectureData, theme: Theme, key: string, compute: () => T): T {
  let themes = known.get(data);
  if (!themes) known.set(data, (themes = new WeakMap()));
  let values = themes.get(theme);
  if (!values) themes.set(theme, (values = new Map()));
  if (!values.has(key)) values.set(key, compute());
  return values.get(key) as T;
}
