/** <attention-matrix> on 1,024 tokens under a pointer, and with all heads of GPT-2 at once. */
import {key, uniformStream} from '../../src/math/rng.js';
import '../../src/elements/attention-matrix/attention-matrix.js';
import type {AttentionMatrix} from '../../src/elements/attention-matrix/attention-matrix.js';
import {median} from './timing.js';

const GPT2 = {layers: 12, heads: 12, context: 1024};
const ROUNDS = 5;

/** A layer's weights `[H, T, T]`: causal, rows that sum to 1, half of a row on few tokens, as heads have it. Seeded. */
function layer(heads: number, size: number, seed: number): Float32Array {
  const next = uniformStream(key(seed));
  const weights = new Float32Array(heads * size * size);
  for (let row = 0; row < heads * size; row++) {
    const seen = (row % size) + 1;
    let sum = 0;
    for (let i = row * size; i < row * size + seen; i++) sum += weights[i] = next() ** 8;
    for (let i = row * size; i < row * size + seen; i++) weights[i] = weights[i]! / sum;
  }
  return weights;
}

const words = (size: number): string[] => Array.from({length: size}, (_, i) => ` word${i % 97}`);
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

function placed(): AttentionMatrix {
  document.body.replaceChildren();
  const element = document.createElement('attention-matrix');
  element.style.width = '1200px';
  document.body.append(element);
  return element;
}

/** Until every small picture is there. */
async function allDrawn(element: AttentionMatrix, heads: number): Promise<void> {
  const blank = document.createElement('canvas').width;
  for (;;) {
    const canvases = element.shadowRoot!.querySelectorAll<HTMLCanvasElement>('.thumb canvas');
    if (canvases.length === heads && [...canvases].every(({width}) => width !== blank)) return;
    await frame();
  }
}

/** Milliseconds of the main thread for each place of the pointer: event, words, marks, lens and layout; and frames' distances. */
async function measureHover() {
  const element = placed();
  const {context, heads} = GPT2;
  Object.assign(element, {tokens: words(context), weights: layer(heads, context, 1)});
  await element.updateComplete;
  await allDrawn(element, heads);
  const canvas = element.shadowRoot!.querySelector<HTMLCanvasElement>('canvas.cells')!;
  const box = canvas.getBoundingClientRect();
  const work: number[] = [];
  const frames: number[] = [];
  let before = await frame();
  for (let i = 0; i < 120; i++) {
    const from = performance.now();
    const share = 0.3 + 0.6 * ((i % 60) / 60);
    canvas.dispatchEvent(
      new PointerEvent('pointermove', {
        clientX: box.x + share * 0.8 * box.width,
        clientY: box.y + share * box.height,
        bubbles: true,
        pointerType: 'mouse',
      }),
    );
    await element.updateComplete;
    element.getBoundingClientRect(); // its layout belongs to the frame
    work.push(performance.now() - from);
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  if (!element.shadowRoot!.querySelector('.mark.both'))
    throw new Error('nothing was lit: no hover was measured');
  const slow = work.toSorted((a, b) => a - b)[Math.floor(0.95 * work.length)]!;
  return {
    workMs: median(work),
    work95Ms: slow,
    frameMs: median(frames),
    tokens: context,
    places: work.length,
  };
}

/** From setting the weights of all heads until the last small picture and the large one are drawn. */
async function measureOverview({tokens}: {tokens: number}) {
  const {layers, heads} = GPT2;
  const data = {
    tokens: words(tokens),
    weights: Array.from({length: layers}, (_, i) => layer(heads, tokens, i)),
  };
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const element = placed();
    await frame();
    const from = performance.now();
    Object.assign(element, data);
    await element.updateComplete;
    await allDrawn(element, layers * heads);
    rounds.push(performance.now() - from);
  }
  return {tokens, ms: median(rounds), rounds};
}

Object.assign(globalThis, {measureHover, measureOverview});
