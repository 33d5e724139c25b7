/**
 * The residual stream's start, and the first block's layer norm with it:
 *   x[n] = drop(wte[ids[n]] + wpe[n mod T]),   h = LN(x)
 * Shapes: ids [N], wte [V, C], wpe [T, C], norm [2, C] (γ, β), x and h [N, C], stats [N, 2]; N = B·T.
 * wte may hold only some of the tokens: rows of x whose token is not among them are left alone, and the norm is right once all are there.
 * Memory: reads 2 NC numbers, writes 2 NC.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {normalizeRow} from '../wgsl/normalize-row.js';
import {type RowTeam, rowTeam} from '../wgsl/row-team.js';
import {STORED, type Stored} from '../wgsl/stored.js';

export function embeddingForward({
  team,
  stored,
  held = 'f32',
  dropout,
}: {
  team: RowTeam;
  stored: Stored;
  /** How wte and wpe are held. */
  held?: Stored;
  dropout: boolean;
}): Kernel {
  const {read, functions, load} = STORED[held];
  return defineKernel({
    name: 'embedding forward',
    sizes: ['rows', 'length', 'width4', 'betaOffset4', 'site', 'firstToken', 'tokens'],
    buffers: {
      ids: 'read i32',
      wte: read,
      wpe: read,
      norm: 'read vec4f',
      x: 'write vec4f',
      h: STORED[stored].write,
      stats: 'write vec2f',
    },
    body: `${dropout ? DROPOUT : ''}
${held === stored ? '' : functions}${normalizeRow(stored)}
fn row(n: u32, lane: u32) {
  let token = u32(ids[n]) - size.firstToken; // one before the first becomes a huge number
  let place = (n % size.length) * size.width4;
  let first = n * size.width4;
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  if (token < size.tokens) {
    for (var c = lane; c < size.width4; c += LANES) {
      let sum = ${load('wte[token * size.width4 + c]')} + ${load('wpe[place + c]')};
      x[first + c] = ${dropout ? 'sum * dropFactors(streamKey, 4u * (first + c))' : 'sum'};
    }
  }
  normalizeRow(n, lane);
}
${rowTeam(team, 'size.rows')}`,
  });
}
