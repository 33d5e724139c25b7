/** How good a classifier is: confusion, precision, recall, F1 and the ROC curve. */

/** Returns counts [K][K]: rows are the true classes, columns the predicted ones. */
export function confusion(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  const counts = Array.from({length: classes}, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![predicted[i]!]!++;
  return counts;
}

export interface ClassScores {
  /** Of those called this class, the share that is; NaN where none is called so. */
  precision: number;
  /** Of those of this class, the share that was found; NaN where there is none. */
  recall: number;
  /** Harmonic mean of both. */
  f1: number;
}

/** Returns the scores of a class. @param counts as `confusion` returns them */
export function classScores(counts: readonly (readonly number[])[], label: number): ClassScores {
  const found = counts[label]![label]!;
  const called = counts.reduce((sum, row) => sum + row[label]!, 0);
  const real = counts[label]!.reduce((sum, count) => sum + count, 0);
  return {precision: found / called, recall: found / real, f1: (2 * found) / (called + real)};
}

/** A threshold, and what calling everything from it on positive gives. */
export interface RocPoint {
  threshold: number;
  falsePositiveRate: number;
  truePositiveRate: number;
}

/**
 * Returns the ROC curve from (0, 0) to (1, 1), a point for each different score, and the area under it: the probability that a positive
 * scores higher than a negative.
 * @throws {RangeError} where all are of one kind
 */
export function roc(
  scores: ArrayLike<number>,
  isPositive: ArrayLike<boolean>,
): {points: RocPoint[]; area: number} {
  const order = Array.from({length: scores.length}, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const positives = order.filter((i) => isPositive[i]).length;
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) throw new RangeError('A ROC curve needs texts of both kinds.');
  const points: RocPoint[] = [
    {threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0},
  ];
  let [hits, alarms, area] = [0, 0, 0];
  for (let n = 0; n < order.length; n++) {
    const score = scores[order[n]!]!;
    if (isPositive[order[n]!]) hits++;
    else alarms++;
    if (n + 1 < order.length && scores[order[n + 1]!] === score) continue;
    const last = points.at(-1)!;
    const point = {
      threshold: score,
      falsePositiveRate: alarms / negatives,
      truePositiveRate: hits / positives,
    };
    area +=
      ((point.falsePositiveRate - last.falsePositiveRate) *
        (point.truePositiveRate + last.truePositiveRate)) /
      2;
    points.push(point);
  }
  return {points, area};
}
