/** All snapshots as points along common axes, those of the newest one: only points move, axes do not. */
import {type PrincipalComponents, pcaRounds, project} from '../../math/pca.js';
import {Slice} from '../../tokenizers/slices.js';
import type {Snapshot} from './snapshots.js';

export interface Cloud {
  snapshots: readonly Snapshot[];
  /** For each snapshot `[R, 3]`, row by row; 0 along axes that the points do not span. */
  coordinates: readonly Float32Array[];
  /** Share of the newest snapshot's variance along each axis. */
  shares: readonly number[];
  /** The largest distance of a point from the center in any snapshot: in space, and along the first two axes. */
  extent: {radius: number; x: number; y: number};
}

const AXES = 3;

/** Computes clouds one after another; of the requests that arrive meanwhile, only the newest is computed. */
export class CloudMaker {
  cloud?: Cloud;

  #axes?: PrincipalComponents;
  #width = 0;
  #requested?: {snapshots: readonly Snapshot[]; width: number};
  #busy = false;

  readonly #onCloud: () => void;

  constructor(onCloud: () => void) {
    this.#onCloud = onCloud;
  }

  make(snapshots: readonly Snapshot[], width: number): void {
    if (this.#requested?.snapshots === snapshots || this.cloud?.snapshots === snapshots) return;
    this.#requested = {snapshots, width};
    if (!this.#busy) void this.#work();
  }

  forget(): void {
    this.cloud = this.#axes = this.#requested = undefined;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#requested) {
      const {snapshots, width} = this.#requested;
      const cloud = await this.#compute(snapshots, width);
      if (this.#requested?.snapshots !== snapshots) continue; // stale
      this.#requested = undefined;
      this.cloud = cloud;
      this.#onCloud();
    }
    this.#busy = false;
  }

  async #compute(snapshots: readonly Snapshot[], width: number): Promise<Cloud> {
    const slice = new Slice();
    if (width !== this.#width) this.#axes = undefined;
    this.#width = width;
    const rounds = pcaRounds(snapshots.at(-1)!.values, width, {components: AXES, like: this.#axes?.axes});
    let round = rounds.next();
    for (; !round.done; round = rounds.next()) if (slice.isOver) await slice.next();
    const axes = (this.#axes = round.value);
    const coordinates: Float32Array[] = [];
    const extent = {radius: 0, x: 0, y: 0};
    for (const {values} of snapshots) {
      const points = threeWide(project(values, width, axes), axes.axes.length);
      for (let i = 0; i < points.length; i += AXES) {
        const [x, y, z] = points.subarray(i, i + AXES) as unknown as [number, number, number];
        extent.radius = Math.max(extent.radius, Math.hypot(x, y, z));
        extent.x = Math.max(extent.x, Math.abs(x));
        extent.y = Math.max(extent.y, Math.abs(y));
      }
      coordinates.push(points);
      if (slice.isOver) await slice.next();
    }
    return {snapshots, coordinates, shares: axes.shares, extent};
  }
}

/** [R, K] → [R, 3], with zeros along the missing axes. */
function threeWide(projected: Float32Array, axes: number): Float32Array {
  if (axes === AXES) return projected;
  const rows = axes ? projected.length / axes : 0;
  const out = new Float32Array(rows * AXES);
  for (let row = 0; row < rows; row++)
    for (let axis = 0; axis < axes; axis++) out[row * AXES + axis] = projected[row * axes + axis]!;
  return out;
}
