/** The weights that every contestant starts from, as named arrays. */
import {initialArena} from '../../src/model/init.js';
import {parameterLayout} from '../../src/model/parameters.js';
import {CONFIG, SEED} from '../measure/config.js';

export interface InitialWeight {
  name: string;
  shape: number[];
  data: Float32Array<ArrayBuffer>;
  /** Whether weight decay pulls at it. */
  decay: boolean;
}

export function initialWeights(): InitialWeight[] {
  const arena = initialArena(CONFIG, SEED);
  return parameterLayout(CONFIG).slots.map(({name, shape, offset, size, decay}) => ({
    name,
    shape,
    decay,
    data: arena.slice(offset, offset + size),
  }));
}
