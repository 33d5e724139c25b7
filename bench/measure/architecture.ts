/** <gpt-architecture> with given values: drawn, opened, zoomed and moved, and updated; and of a model that trains. */
import {setWorkerFactory} from '../../src/engine/index.js';
import {key, uniformStream} from '../../src/math/rng.js';
import '../../src/elements/gpt-architecture/gpt-architecture.js';
import '../../src/elements/gpt-model/gpt-model.js';
import type {GptArchitecture} from '../../src/elements/gpt-architecture/gpt-architecture.js';
import {median} from './timing.js';

const CODE = new URL('./engine.worker.js', import.meta.url);
setWorkerFactory(() => new Worker(CODE, {type: 'module'}));

interface Size {
  layers: number;
  heads: number;
  width: number;
}

const TOKENS = 12;
const ROUNDS = 5;
const FRAMES = 40;
const TRAINING_UPDATES = 20;

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** A forward pass of this size with seeded numbers. */
function values({layers, heads, width}: Size, seed: number): NonNullable<GptArchitecture['values']> {
  const next = uniformStream(key(seed));
  const tensor = (...shape: number[]) => ({
    shape,
    data: Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, () => 2 * next() - 1),
  });
  const probs = tensor(heads, TOKENS, TOKENS);
  const trace = {
    'embed.token': tensor(TOKENS, width),
    'embed.position': tensor(TOKENS, width),
    embed: tensor(TOKENS, width),
    ...Object.fromEntries(
      Array.from({length: layers}, (_, n) => [
        [`h.${n}.attn.probs`, {...probs, data: probs.data.map((value) => value ** 4)}],
        [`h.${n}.resid_mid`, tensor(TOKENS, width)],
        [`h.${n}.mlp.hidden`, tensor(TOKENS, 4 * width)],
        [`h.${n}.resid_post`, tensor(TOKENS, width)],
      ]).flat(),
    ),
  };
  const guesses = Array.from({length: TOKENS}, () =>
    Array.from({length: 8}, (_, id) => ({id, token: ` word${id}`, probability: 1 / (id + 2)})),
  );
  const points = [
    'embed',
    ...Array.from({length: layers}, (_, n) => [`h.${n}.resid_mid`, `h.${n}.resid_post`]).flat(),
  ];
  return {
    config: {
      vocabSize: 50257,
      contextLength: 1024,
      embDim: width,
      nHeads: heads,
      nLayers: layers,
      dropRate: 0,
      qkvBias: true,
      tieWeights: true,
    },
    tokens: Array.from({length: TOKENS}, (_, i) => ` word${i}`),
    ids: Array.from({length: TOKENS}, (_, i) => i),
    trace,
    stream: points.map((at) => ({at, guesses})),
    off: [],
  };
}

function placed(): GptArchitecture {
  document.body.replaceChildren();
  const element = document.createElement('gpt-architecture');
  element.style.width = '1200px';
  document.body.append(element);
  return element;
}

/** From setting the values until they are painted and laid out. */
async function measureDraw(size: Size) {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const element = placed();
    const given = values(size, round);
    await frame();
    const from = performance.now();
    element.values = given;
    await element.updateComplete;
    element.getBoundingClientRect();
    rounds.push(performance.now() - from);
  }
  return {ms: median(rounds), rounds};
}

/** The main thread’s work for each frame in which a head grows: the element’s own callback, its rendering, drawing and layout. */
async function measureOpen(size: Size) {
  const element = placed();
  element.values = values(size, 1);
  await element.updateComplete;
  const work: number[] = [];
  const request = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      const from = performance.now();
      callback(now);
      void element.updateComplete.then(() => {
        element.getBoundingClientRect();
        work.push(performance.now() - from);
      });
    });
  try {
    for (let i = 0; work.length < FRAMES; i++) {
      element.open = `h.0.attn.${i % size.heads}`;
      await element.updateComplete;
      for (let seen = -1; seen !== work.length; await new Promise(request)) {
        seen = work.length;
        await new Promise(request);
      }
    }
  } finally {
    window.requestAnimationFrame = request;
  }
  const slow = work.toSorted((a, b) => a - b)[Math.floor(0.95 * work.length)]!;
  return {workMs: median(work), work95Ms: slow, frames: work.length};
}

/** The main thread’s work for each frame in which the reader zooms into the map and drags it: from the event to what is painted. */
async function measurePan(size: Size) {
  const element = placed();
  element.values = values(size, 1);
  await element.updateComplete;
  const map = element.shadowRoot!.querySelector<HTMLElement>('.map')!;
  map.dispatchEvent(new PointerEvent('pointerenter'));
  const box = map.getBoundingClientRect();
  const at = (x: number, y: number) => ({
    clientX: box.x + x * box.width,
    clientY: box.y + y * box.height,
    bubbles: true,
    composed: true,
    cancelable: true,
    view: window,
  });
  const zoomed = (): boolean => Boolean(element.shadowRoot!.querySelector('.overview'));
  const wheel = (): boolean =>
    map.dispatchEvent(new WheelEvent('wheel', {...at(0.3, 0.8), deltaY: -2, ctrlKey: true}));
  // The camera’s code is loaded with the first look.
  while (!zoomed()) {
    wheel();
    await frame();
    await element.updateComplete;
  }
  const work: number[] = [];
  const timed = async (act: () => void): Promise<void> => {
    const from = performance.now();
    act();
    await element.updateComplete;
    element.getBoundingClientRect();
    work.push(performance.now() - from);
    await frame();
  };
  for (let i = 0; i < FRAMES; i++) await timed(wheel);
  const target = element.shadowRoot!.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) ?? map;
  target.dispatchEvent(new MouseEvent('mousedown', {...at(0.5, 0.5), button: 0}));
  for (let i = 1; i <= FRAMES; i++)
    await timed(() =>
      window.dispatchEvent(new MouseEvent('mousemove', at(0.5 - 0.004 * i, 0.5 - 0.003 * i))),
    );
  const from = performance.now();
  window.dispatchEvent(new MouseEvent('mouseup', at(0.4, 0.4)));
  const endMs = performance.now() - from;
  const slow = work.toSorted((a, b) => a - b)[Math.floor(0.95 * work.length)]!;
  return {
    workMs: median(work),
    work95Ms: slow,
    zoomMs: median(work.slice(0, FRAMES)),
    panMs: median(work.slice(FRAMES)),
    endMs,
    frames: work.length,
  };
}

/** New values of the same shape. */
async function measureUpdate(size: Size) {
  const element = placed();
  element.values = values(size, 0);
  await element.updateComplete;
  const rounds: number[] = [];
  for (let round = 1; round <= 2 * ROUNDS; round++) {
    const given = values(size, round);
    await frame();
    const from = performance.now();
    element.values = given;
    await element.updateComplete;
    element.getBoundingClientRect();
    rounds.push(performance.now() - from);
  }
  return {ms: Math.max(...rounds), rounds};
}

/** The shipped model’s size while it trains in the engine’s worker: the page’s tasks over 50 ms, over some updates of the map. */
async function measureTraining() {
  document.body.replaceChildren();
  const model = document.createElement('gpt-model');
  model.pretrained = 'tiny-tales';
  const element = document.createElement('gpt-architecture');
  element.style.width = '1200px';
  model.append(element);
  document.body.append(model);
  const drawnStep = (): string => element.shadowRoot!.querySelector('.facts')?.textContent ?? '';
  const changes = async (from: string): Promise<string> => {
    while (drawnStep() === from || !element.shadowRoot!.querySelector('[role=treeitem]')) await frame();
    return drawnStep();
  };
  await changes('');
  await model.live.start();
  await model.live.train({steps: model.live.step + 100_000, saveInterval: 0});
  let shown = await changes(drawnStep()); // once before it is measured: code is loaded and compiled
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) tasks.push(duration);
  });
  observer.observe({type: 'longtask'});
  const from = performance.now();
  for (let i = 0; i < TRAINING_UPDATES; i++) shown = await changes(shown);
  const seconds = (performance.now() - from) / 1000;
  for (const {duration} of observer.takeRecords()) tasks.push(duration);
  observer.disconnect();
  await model.live.stop();
  return {longestMs: Math.max(0, ...tasks), tasks, updatesPerSecond: TRAINING_UPDATES / seconds};
}

Object.assign(globalThis, {measureDraw, measureOpen, measurePan, measureTraining, measureUpdate});
