/** Returns a vector [V] with 1 at the index of the id and 0 elsewhere. */
export function oneHot(id: number, vocabSize: number): Float32Array {
  const vector = new Float32Array(vocabSize);
  vector[id] = 1;
  return vector;
}

/**
 * Returns the product of a row vector and a matrix, [C].
 * @param vector [V]
 * @param matrix [V, C], row by row
 * @param width C
 */
export function vectorTimesMatrix(vector: Float32Array, matrix: Float32Array, width: number): Float32Array {
  const out = new Float32Array(width);
  for (let row = 0; row < vector.length; row++)
    for (let column = 0; column < width; column++)
      out[column]! += vector[row]! * matrix[row * width + column]!;
  return out;
}
