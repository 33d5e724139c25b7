/** Every matrix of a GPT as a rectangle whose sides are its dimensions, all on one scale: area is parameters. */
import type {GPTConfig} from '../../state/sizes.js';
import {ramp} from '../../viz/color.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';

export interface ScaleLayout {
  /** Pixels of a side of 1. */
  unit: number;
  /** Tokens of the vocabulary, positions and blocks in a row. */
  tokensPerRow: number;
  positionsPerRow: number;
  blocksPerRow: number;
  height: number;
}

/** Pixels of the whole drawing, whatever the model: the scale is as large as that allows. */
export const SCALE_HEIGHT = 340;

const [TITLE, GAP, FONT] = [22, 10, 12];
/** Below this width, in pixels, titles are short. */
const NARROW = 460;
/** Pixels between rows, and between blocks. */
const [ROW_GAP, BLOCK_GAP] = [2, 8];
/** c_attn (q, k, v), c_proj, c_fc and c_proj side by side, in widths of the stream. */
const BLOCK_WIDTH = 3 + 1 + 4 + 4;
/** Pixels between the matrices of a block. */
const BETWEEN = 5;

/** Undefined where a row of the smallest size does not fit. */
function layOutAt(
  {vocabSize: V, contextLength: T, embDim: C, nLayers: L, tieWeights}: GPTConfig,
  unit: number,
  width: number,
): ScaleLayout | undefined {
  const side = C * unit;
  const perRow = Math.floor(width / unit);
  const blocksPerRow = Math.floor((width + BLOCK_GAP) / (BLOCK_WIDTH * side + BETWEEN + BLOCK_GAP));
  if (perRow < 1 || blocksPerRow < 1) return undefined;
  const strip = (length: number): number => TITLE + Math.ceil(length / perRow) * (side + ROW_GAP) + GAP;
  const blocks = TITLE + Math.ceil(L / blocksPerRow) * (side + ROW_GAP) + GAP;
  const height = (tieWeights ? 1 : 2) * strip(V) + strip(T) + blocks;
  return {
    unit,
    tokensPerRow: Math.min(V, perRow),
    positionsPerRow: Math.min(T, perRow),
    blocksPerRow,
    height,
  };
}

/** Returns the largest scale at which the whole model fits. */
export function layOut(config: GPTConfig, width: number): ScaleLayout {
  let [low, high] = [0, Math.max(1, width)];
  let best: ScaleLayout | undefined;
  for (let i = 0; i < 40; i++) {
    const unit = (low + high) / 2;
    const layout = layOutAt(config, unit, width);
    if (layout && layout.height <= SCALE_HEIGHT) {
      best = layout;
      low = unit;
    } else high = unit;
  }
  // Of a model with a thousand blocks, the rows alone are higher than the drawing: it is cut.
  return (
    best ?? {
      unit: low,
      tokensPerRow: 1,
      positionsPerRow: 1,
      blocksPerRow: config.nLayers,
      height: SCALE_HEIGHT,
    }
  );
}

export function drawToScale(surface: Surface, config: GPTConfig, theme: Theme): void {
  const {vocabSize: V, contextLength: T, embDim: C, nLayers: L, tieWeights} = config;
  const {unit, tokensPerRow, positionsPerRow, blocksPerRow} = layOut(config, surface.width);
  const side = C * unit;
  const count = (value: number, noun: string): string =>
    `${value.toLocaleString('en')} ${value === 1 ? noun : `${noun}s`}`;
  let y = 0;
  const title = (text: string): void => {
    surface.text(text, 0, y + TITLE / 2, {size: FONT, font: theme.sans, fill: theme.text});
    y += TITLE;
  };
  /** On whole pixels, so that the gaps between matrices are equally clear everywhere. */
  const box = (x: number, top: number, width: number, fill: string): void => {
    const left = Math.round(x);
    surface.rect(left, top, Math.max(0.5, Math.round(x + width) - left), Math.max(0.5, side), {fill});
  };
  const strip = (name: string, length: number, perRow: number, fill: string): void => {
    title(name);
    for (let from = 0; from < length; from += perRow) {
      box(0, y, Math.min(perRow, length - from) * unit, fill);
      y += side + ROW_GAP;
    }
    y += GAP;
  };
  const numbers = `${count(V, 'token')} × ${C.toLocaleString('en')}`;
  strip(
    surface.width < NARROW
      ? `${tieWeights ? 'token table, also the head' : 'token table'} (wte): ${numbers}`
      : `token table (wte): ${numbers} numbers${tieWeights ? '; at the end, the head uses it too' : ''}`,
    V,
    tokensPerRow,
    theme.residual,
  );
  strip(
    `position table (wpe): ${count(T, 'position')} × ${C.toLocaleString('en')}`,
    T,
    positionsPerRow,
    ramp(theme.background, theme.residual)(0.6),
  );
  title(count(L, 'block'));
  const pitch = BLOCK_WIDTH * side + BETWEEN + BLOCK_GAP;
  for (let n = 0; n < L; n++) {
    let x = (n % blocksPerRow) * pitch;
    const top = y + Math.floor(n / blocksPerRow) * (side + ROW_GAP);
    for (const [width, fill] of [
      [1, theme.query],
      [1, theme.key],
      [1, theme.value],
      [1, theme.muted],
      [4, theme.mlp],
      [4, theme.mlp],
    ] as const) {
      box(x, top, width * side, fill);
      x += width * side + BETWEEN / 5; // five gaps of a pixel
    }
  }
  y += Math.ceil(L / blocksPerRow) * (side + ROW_GAP) + GAP;
  if (!tieWeights)
    strip(`head (lm_head): ${count(V, 'token')} × ${C.toLocaleString('en')}`, V, tokensPerRow, theme.norm);
}
