/**
 * Lists, for each different id of a batch, the places where it stands: the embedding's gradient is then one sum a segment, in a fixed
 * order, whatever the size of the vocabulary. Takes a time proportional to the batch.
 */
export class Segments {
  readonly #stamp: Uint32Array;
  readonly #segmentOf: Uint32Array;
  readonly #cursor: Uint32Array;
  #turn = 0;

  constructor(vocabularySize: number, batchTokens: number) {
    this.#stamp = new Uint32Array(vocabularySize);
    this.#segmentOf = new Uint32Array(vocabularySize);
    this.#cursor = new Uint32Array(Math.min(vocabularySize, batchTokens) + 1);
  }

  /**
   * @param ids the batch, [N]
   * @param order becomes the places, segment after segment, [N]
   * @param segmentIds becomes each segment's id, in order of first appearance
   * @param starts becomes where each segment starts in `order`, and at last N
   * @returns how many segments there are
   */
  list(ids: Int32Array, order: Uint32Array, segmentIds: Uint32Array, starts: Uint32Array): number {
    const stamp = this.#stamp;
    const segmentOf = this.#segmentOf;
    const cursor = this.#cursor;
    const turn = ++this.#turn;
    let segments = 0;
    for (let n = 0; n < ids.length; n++) {
      const id = ids[n]!;
      if (stamp[id] !== turn) {
        stamp[id] = turn;
        segmentOf[id] = segments;
        segmentIds[segments] = id;
        cursor[segments++] = 0;
      }
      cursor[segmentOf[id]!]!++;
    }
    let start = 0;
    for (let s = 0; s < segments; s++) {
      starts[s] = start;
      start += cursor[s]!;
      cursor[s] = starts[s]!;
    }
    starts[segments] = start;
    for (let n = 0; n < ids.length; n++) order[cursor[segmentOf[ids[n]!]!]!++] = n;
    return segments;
  }
}
