type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'preventDefault'>;

/**
 * Returns the number that a key leads to, moved into the range. Undefined for other keys and for shortcuts, such as Alt+← for the
 * previous page; otherwise the key's own effect is prevented.
 */
export function keyTarget(
  event: Keys,
  targets: Readonly<Record<string, number>>,
  last: number,
  first = 0,
): number | undefined {
  const target = targets[event.key];
  if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return undefined;
  event.preventDefault();
  return Math.max(first, Math.min(last, target));
}

/** Returns the step that a key leads to, the same in every figure: → and Space go forward, ← back, Home and End to the ends. */
export const stepFor = (
  event: Keys,
  {current, first = 0, last}: {current: number; first?: number; last: number},
): number | undefined => keyTarget(event, {' ': current + 1, ...along(current, first, last)}, last, first);

/** Returns the index that a key leads to in a row of tokens or other options. */
export const indexFor = (event: Keys, current: number, count: number): number | undefined =>
  keyTarget(event, along(current, 0, count - 1), count - 1);

const along = (current: number, first: number, last: number) => ({
  ArrowRight: current + 1,
  ArrowLeft: current - 1,
  Home: first,
  End: last,
});

/** Returns where the keys of a slider lead. */
export const sliderTargets = (now: number, step: number, min: number, max: number) => ({
  ArrowLeft: now - step,
  ArrowDown: now - step,
  ArrowRight: now + step,
  ArrowUp: now + step,
  PageDown: now - 10 * step,
  PageUp: now + 10 * step,
  Home: min,
  End: max,
});

/** Returns the way that an arrow key points; undefined for any other key and for shortcuts. */
export function arrowStep(event: Keys): readonly [down: number, right: number] | undefined {
  const way = keyTarget(event, {ArrowUp: 0, ArrowDown: 1, ArrowLeft: 2, ArrowRight: 3}, 3);
  return way === undefined ? undefined : WAYS[way];
}

const WAYS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
] as const;
