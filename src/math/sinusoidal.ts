/**
 * Returns the sinusoidal position encoding of Vaswani et al. (2017), section 3.5:
 * PE[t, 2i] = sin(t / 10000^(2i / C)), PE[t, 2i + 1] = cos(t / 10000^(2i / C)).
 * @returns [T, C], row by row
 */
export function sinusoidalPositions(length: number, width: number): Float32Array {
  // #region sinusoidal
  const out = new Float32Array(length * width);
  for (let t = 0; t < length; t++)
    for (let c = 0; c < width; c++) {
      const angle = t / 10000 ** ((c - (c % 2)) / width);
      out[t * width + c] = c % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  return out;
  // #endregion
}
