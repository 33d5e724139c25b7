/** The embedding as it was at some training steps, bounded in memory. */
import type {EmbeddingTable} from '../../ui/model/embedding-table.js';

export interface Snapshot {
  step: number;
  /** `[R, C]` */
  values: Float32Array;
}

const MOST_SNAPSHOTS = 48;
const MOST_BYTES = 16 * 2 ** 20;
/** More points are too many to tell apart. */
const MOST_POINTS = 400;
/** Of a vocabulary larger than an alphabet only the tokens in use are shown, up to so many. */
const ALPHABET = 100;
const MOST_IN_USE = 200;

/** Keeps the first and the newest snapshot, and as many evenly spaced ones between them as fit: when full, it drops every other one. */
export class Snapshots {
  /** Oldest first. Replaced by a new array whenever a snapshot is added. */
  all: readonly Snapshot[] = [];
  /** The rows of the model's table that are kept, the same in all snapshots. */
  rows: readonly number[] = [];
  ids: readonly number[] = [];
  tokens: readonly string[] = [];
  width = 0;
  vocabSize = 0;

  /** Least number of steps between two snapshots that are kept. */
  #interval = 1;

  clear(): void {
    this.all = this.rows = this.ids = this.tokens = [];
    this.#interval = 1;
  }

  /** @param inUse The ids that occur, most frequent first; empty if that is not known. */
  add(table: EmbeddingTable, inUse: readonly number[] = []): void {
    const step = table.step ?? 0;
    const same = table.width === this.width && sameIds(table.ids, this.#tableIds);
    const newest = this.all.at(-1);
    if (!same || (newest && step < newest.step)) this.#begin(table, inUse);
    const {rows, width} = this;
    const values = rows.length === table.ids.length ? table.values : new Float32Array(rows.length * width);
    if (values !== table.values)
      for (const [i, row] of rows.entries())
        values.set(table.values.subarray(row * width, (row + 1) * width), i * width);
    const last = this.all.at(-1);
    const before = this.all.at(-2);
    // The newest snapshot is replaced until it is far enough from the one before it.
    const replaces = last && (last.step === step || (before && last.step - before.step < this.#interval));
    this.all = [...(replaces ? this.all.slice(0, -1) : this.all), {step, values}];
    const most = Math.max(2, Math.min(MOST_SNAPSHOTS, Math.floor(MOST_BYTES / values.byteLength)));
    if (this.all.length <= most) return;
    this.all = this.all.filter((_, i) => i % 2 === 0 || i === this.all.length - 1);
    this.#interval = Math.max(2 * this.#interval, this.all[1]!.step - this.all[0]!.step);
  }

  #tableIds: readonly number[] = [];

  #begin(table: EmbeddingTable, inUse: readonly number[]): void {
    this.clear();
    this.#tableIds = table.ids;
    this.width = table.width;
    this.vocabSize = table.vocabSize;
    const rows =
      table.ids.length > ALPHABET && inUse.length > 0
        ? inUse
            .map((id) => table.ids.indexOf(id))
            .filter((row) => row >= 0)
            .slice(0, MOST_IN_USE)
        : table.ids.map((_, row) => row).slice(0, MOST_POINTS);
    this.rows = rows.sort((a, b) => a - b);
    this.ids = this.rows.map((row) => table.ids[row]!);
    this.tokens = this.rows.map((row) => table.tokens[row]!);
  }
}

const sameIds = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i]);
