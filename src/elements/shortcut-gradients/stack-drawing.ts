/** What a shortcut is: the layers as a stack, with a way around each and without, and how much gradient gets down to the first. */
import type {StackGradients} from '../../math/deep-stack.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';

export interface Stacks {
  with: StackGradients;
  without: StackGradients;
  /** A gradient’s length in words. */
  lengthText: (length: number) => string;
}

/** Pixels. */
export const STACKS = {width: 300, height: 340};

const [TOP, BOX, GAP, FONT] = [56, {width: 74, height: 30}, 34, 12];
/** How far a shortcut keeps from its layer. */
const AROUND = 16;
/** Pixels: the strongest gradient’s line, and the weakest that can be seen. */
const [STRONGEST, WEAKEST] = [5, 0.5];

/** Returns the layers that are drawn, the last one first; 0 stands for those left out. */
export const drawnLayers = (layers: number): number[] =>
  layers <= 4 ? Array.from({length: layers}, (_, n) => layers - n) : [layers, layers - 1, 0, 1];

export function drawStacks(surface: Surface, data: Stacks, theme: Theme): void {
  const {width} = surface;
  drawStack(surface, data, {x: width * 0.25, isWith: true}, theme);
  drawStack(surface, data, {x: width * 0.75, isWith: false}, theme);
}

function drawStack(
  surface: Surface,
  data: Stacks,
  {x, isWith}: {x: number; isWith: boolean},
  theme: Theme,
): void {
  const {norms} = isWith ? data.with : data.without;
  const widthOf = lineWidths(data);
  const stroke = isWith ? theme.residual : theme.muted;
  const dash = isWith ? undefined : [6, 4];
  const words = (text: string, y: number, weight = 400): void =>
    surface.text(text, x, y, {fill: theme.text, size: FONT, font: theme.sans, weight, anchor: 'middle'});
  words(isWith ? 'with shortcuts' : 'without', 8, 600);
  words(isWith ? 'x + layer(x)' : 'layer(x)', 24);
  const layers = drawnLayers(norms.length);
  let y = TOP;
  for (const layer of layers) {
    const lineWidth = widthOf(norms[(layer || 2) - 1]!);
    const [top, bottom] = [y + GAP / 2, y + GAP / 2 + BOX.height];
    const line = {stroke, lineWidth, dash};
    if (layer === 0) {
      surface.line(x, y, x, bottom + GAP / 2, {...line, dash: [2, 5]});
    } else {
      surface.line(x, y, x, top, isWith ? {stroke} : line);
      surface.line(x, bottom, x, bottom + GAP / 2, isWith ? {stroke} : line);
      if (isWith) {
        const side = x + BOX.width / 2 + AROUND;
        const [from, to] = [y + 5, bottom + GAP / 2 - 3];
        surface.path(`M${x} ${from}H${side}V${to}H${x}`, line);
        drawPlus(surface, x, from, theme);
      }
      surface.rect(x - BOX.width / 2, top, BOX.width, BOX.height, {
        fill: theme.background,
        stroke: theme.text,
      });
      words(`layer ${layer}`, (top + bottom) / 2);
    }
    y = bottom + GAP / 2;
  }
  surface.path(`M${x - 5} ${y - 2}h10l-5 9Z`, {fill: stroke});
  words(`arrives: ${data.lengthText(norms[0]!)}`, y + 20, 600);
}

/** Lengths differ by many powers of ten: a line is as thick as the logarithm is large. */
function lineWidths(data: Stacks): (length: number) => number {
  const logs = [...data.with.norms, ...data.without.norms].filter((norm) => norm > 0).map(Math.log10);
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  return (length) =>
    length > 0 ? WEAKEST + ((STRONGEST - WEAKEST) * (Math.log10(length) - low)) / (high - low || 1) : WEAKEST;
}

function drawPlus(surface: Surface, x: number, y: number, {background, text}: Theme): void {
  surface.path(`M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z`, {fill: background, stroke: text});
  surface.line(x - 3, y, x + 3, y, {stroke: text});
  surface.line(x, y - 3, x, y + 3, {stroke: text});
}
