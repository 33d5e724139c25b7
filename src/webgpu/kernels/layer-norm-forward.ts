/**
 * Layer norm by itself, where the layer before it could not do it on the way: h = (x − μ) r γ + β, r = 1 / √(σ² + ε), per row.
 * Shapes: x, h [N, C], norm [2, C] (γ, β), stats [N, 2] (μ, r). Memory: reads NC (again from cache), writes NC.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {normalizeRow} from '../wgsl/normalize-row.js';
import {type RowTeam, rowTeam} from '../wgsl/row-team.js';
import {STORED, type Stored} from '../wgsl/stored.js';

export function layerNormForward({team, stored}: {team: RowTeam; stored: Stored}): Kernel {
  return defineKernel({
    name: 'layer norm forward',
    sizes: ['rows', 'width4', 'betaOffset4'],
    buffers: {x: 'read vec4f', norm: 'read vec4f', h: STORED[stored].write, stats: 'write vec2f'},
    body: `${normalizeRow(stored)}
fn row(n: u32, lane: u32) { normalizeRow(n, lane); }
${rowTeam(team, 'size.rows')}`,
  });
}
