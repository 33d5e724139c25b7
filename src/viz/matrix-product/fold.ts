/** Consecutive entries of an axis: from `from` to before `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the parts of an axis that are drawn where there is room for `room` of its `size` entries: the first and the
 * last, and some around each pinned entry. Between two parts, entries are hidden. At least as many are shown as are pinned.
 */
export function foldAxis(size: number, room: number, pinned: readonly number[] = []): Part[] {
  if (size <= room) return [{from: 0, to: size}];
  const shown = new Set<number>();
  for (const index of pinned) if (index >= 0 && index < size) shown.add(index);
  const growth = [
    {next: 0, step: 1},
    {next: size - 1, step: -1},
    ...[...shown].flatMap((index) => [
      {next: index + 1, step: 1},
      {next: index - 1, step: -1},
    ]),
  ];
  // The ends and the pinned entries grow in turns until the room is full.
  while (shown.size < room)
    for (const side of growth) {
      while (shown.has(side.next)) side.next += side.step;
      if (shown.size < room && side.next >= 0 && side.next < size) shown.add(side.next);
    }
  return partsOf([...shown].sort((a, b) => a - b));
}

/** Returns the parts of an axis made of `pieces` of equal size, each folded like the others. */
export function foldPieces(
  size: number,
  pieces: number,
  room: number,
  pinned: readonly number[] = [],
): Part[] {
  const piece = size / pieces;
  return Array.from({length: pieces}, (_, n) =>
    foldAxis(
      piece,
      Math.max(1, Math.floor(room / pieces)),
      pinned.map((index) => index - n * piece),
    ).map(({from, to}) => ({from: from + n * piece, to: to + n * piece})),
  ).flat();
}

function partsOf(indices: readonly number[]): Part[] {
  const parts: {from: number; to: number}[] = [];
  for (const index of indices) {
    const last = parts.at(-1);
    if (last?.to === index) last.to++;
    else parts.push({from: index, to: index + 1});
  }
  return parts;
}
