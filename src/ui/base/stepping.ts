/**
 * Returns the step that a key leads to, the same in every figure: → and Space go forward, ← back, Home and End to the ends.
 * Undefined for any other key; otherwise the key's own effect is prevented, so that Space neither presses a button nor scrolls.
 */
export function stepFor(
  event: KeyboardEvent,
  {current, first = 0, last}: {current: number; first?: number; last: number},
): number | undefined {
  const targets: Record<string, number> = {
    ArrowRight: current + 1,
    ' ': current + 1,
    ArrowLeft: current - 1,
    Home: first,
    End: last,
  };
  const target = targets[event.key];
  if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return undefined;
  event.preventDefault();
  return Math.max(first, Math.min(last, target));
}
