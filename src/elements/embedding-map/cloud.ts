/** All snapshots as points along common axes: those of the newest one, so that only points move and not the axes. */
import {type PrincipalComponents, pcaRounds, project} from '../../math/pca.js';
import type {Snapshot} from './snapshots.js';

export interface Cloud {
  snapshots: readonly Snapshot[];
  /** One for each snapshot: `[R, 3]`, row by row; 0 where the points span fewer axes. */
  places: readonly Float32Array[];
  /** Share of the newest snapshot's variance along each axis. */
  shares: readonly number[];
  /** The farthest that any point of any snapshot lies from the middle: in space, and along the first two axes. */
  extent: {radius: number; x: number; y: number};
}

const AXES = 3;
/** The page can breathe in between. */
const SLICE_MS = 8;

/** Computes clouds one after another; of those asked for meanwhile only the newest. */
export class CloudMaker {
  cloud?: Cloud;

  #axes?: PrincipalComponents;
  #width = 0;
  #wanted?: {snapshots: readonly Snapshot[]; width: number};
  #busy = false;

  constructor(private readonly onCloud: () => void) {}

  make(snapshots: readonly Snapshot[], width: number): void {
    if (this.#wanted?.snapshots === snapshots || this.cloud?.snapshots === snapshots) return;
    this.#wanted = {snapshots, width};
    if (!this.#busy) void this.#work();
  }

  forget(): void {
    this.cloud = this.#axes = this.#wanted = undefined;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#wanted) {
      const {snapshots, width} = this.#wanted;
      const cloud = await this.#compute(snapshots, width);
      if (this.#wanted?.snapshots !== snapshots) continue; // another is wanted, or none
      this.#wanted = undefined;
      this.cloud = cloud;
      this.onCloud();
    }
    this.#busy = false;
  }

  async #compute(snapshots: readonly Snapshot[], width: number): Promise<Cloud> {
    let started = performance.now();
    const breathe = async (): Promise<void> => {
      if (performance.now() - started < SLICE_MS) return;
      await new Promise((resolve) => setTimeout(resolve));
      started = performance.now();
    };
    if (width !== this.#width) this.#axes = undefined;
    this.#width = width;
    const rounds = pcaRounds(snapshots.at(-1)!.values, width, {components: AXES, like: this.#axes?.axes});
    let round = rounds.next();
    for (; !round.done; round = rounds.next()) await breathe();
    const axes = (this.#axes = round.value);
    const places: Float32Array[] = [];
    const extent = {radius: 0, x: 0, y: 0};
    for (const {values} of snapshots) {
      const place = threeWide(project(values, width, axes), axes.axes.length);
      for (let i = 0; i < place.length; i += AXES) {
        const [x, y, z] = place.subarray(i, i + AXES) as unknown as [number, number, number];
        extent.radius = Math.max(extent.radius, Math.hypot(x, y, z));
        extent.x = Math.max(extent.x, Math.abs(x));
        extent.y = Math.max(extent.y, Math.abs(y));
      }
      places.push(place);
      await breathe();
    }
    return {snapshots, places, shares: axes.shares, extent};
  }
}

/** [R, K] → [R, 3] */
function threeWide(projected: Float32Array, axes: number): Float32Array {
  if (axes === AXES) return projected;
  const rows = axes ? projected.length / axes : 0;
  const out = new Float32Array(rows * AXES);
  for (let row = 0; row < rows; row++)
    for (let axis = 0; axis < axes; axis++) out[row * AXES + axis] = projected[row * axes + axis]!;
  return out;
}
