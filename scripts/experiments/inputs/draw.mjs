// Inputs drawn by chance, the same in every run.

/** Uniform numbers in [0, 1): mulberry32. */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` inputs, each made by `make` from a source of chance of its own. */
export const repeat = (count, make) => Array.from({length: count}, (_, i) => make(uniform(i + 1), i));

export const choiceOf = (draw, list) => list[Math.floor(draw() * list.length)];

export const textOf = (draw, letters, length) =>
  Array.from({length}, () => choiceOf(draw, [...letters])).join('');

const DISTRIBUTIONS = {
  equal: () => 0.1,
  random: (_i, _size, draw) => draw() + draw() + draw() - 1.5,
  'one large': (i) => (i === 0 ? 300 : 1e-3),
  growing: (i, size) => i / size,
};

/** Numbers whose total goes wrong in float32 in one way or another when they are added up one by one. */
export function numbersFrom(shape, size) {
  const draw = uniform(size);
  return Float32Array.from({length: size}, (_, i) => DISTRIBUTIONS[shape](i, size, draw));
}
