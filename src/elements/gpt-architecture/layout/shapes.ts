/** Shapes in the field’s notation, for readers. */
export function shapes({T, C, nHeads}: {T: number; C: number; nHeads: number}) {
  return {
    tokens: `[T] = [${T}]`,
    stream: `[T, C] = [${T}, ${C}]`,
    attention: `[H, T, T] = [${nHeads}, ${T}, ${T}]`,
    head: `[T, T] = [${T}, ${T}]`,
    mlp: `[T, 4C] = [${T}, ${4 * C}]`,
    next: '[V]',
  };
}
