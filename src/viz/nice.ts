/** The smallest of 1, 2, 5 × 10ⁿ that is at least `value`: the end of a scale that readers can say aloud. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5].find((step) => step * power >= value * (1 - 1e-9)) ?? 10;
  return Number((factor * power).toPrecision(1));
}

/**
 * A range that stays while numbers are compared, also while a model trains: it grows when a number leaves it and
 * never shrinks.
 */
export class HeldExtent {
  #extent = 0;
  /** A table of millions is looked through once, and not at every redraw. */
  #seen?: ArrayLike<number>;

  /** The range that holds these numbers and all before them. */
  hold(values: ArrayLike<number>): number {
    if (values === this.#seen) return this.#extent || 1;
    this.#seen = values;
    let largest = 0;
    for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
    if (largest > this.#extent) this.#extent = niceCeiling(largest);
    return this.#extent || 1;
  }

  forget(): void {
    this.#extent = 0;
    this.#seen = undefined;
  }
}

/** The ranges of several groups of matrices, by name. */
export class HeldExtents<Name extends string> {
  readonly #held = new Map<string, HeldExtent>();

  /** The ranges that hold the finite numbers of these matrices and all before them. */
  hold(groups: Record<Name, readonly (readonly ArrayLike<number>[])[]>): Record<Name, number> {
    const ranges = {} as Record<Name, number>;
    for (const name in groups) {
      const held = this.#held.get(name) ?? new HeldExtent();
      this.#held.set(name, held);
      ranges[name] = held.hold(
        groups[name].flatMap((rows) => rows.flatMap((row) => Array.from(row).filter(Number.isFinite))),
      );
    }
    return ranges;
  }
}
