/** The complete architecture as a diagram: from the text up to the next token, with the model’s own sizes and values. */
import {bytes, count, number, visibleToken} from '../../../../ui/base/format.js';
import type {Surface} from '../../../../viz/surface.js';
import type {Theme} from '../../../../viz/theme.js';
import type {ArchitectureData} from '../../data/architecture-data.js';
import {share} from '../../data/share.js';
import {partSizes} from '../../data/sizes.js';
import type {Box} from '../../layout/map-layout.js';
import {drawPlus} from '../plus.js';
import {drawArrow, drawBox, drawNote} from './boxes.js';
import {drawHeadPattern} from './head-pattern.js';

export const ARCHITECTURE_SIZE = {width: 640, height: 940};

/** The middle of the boxes on the main line, and of the shortcut beside them. */
const [LINE, SHORTCUT] = [300, 128];
const WIDE = 260;
const FLOAT_BYTES = 4;
/** Heads that are drawn as patterns; of more, the first. */
const MOST_PATTERNS = 6;

const box = (y: number, height = 44, width = WIDE): Box => ({x: LINE - width / 2, y, width, height});

/** @param layer whose heads are shown */
export function drawArchitectureDiagram(
  surface: Surface,
  data: ArchitectureData,
  layer: number,
  chosen: number,
  theme: Theme,
): void {
  const {config, tokens, stream} = data;
  const {embDim: C, nHeads, nLayers, vocabSize: V, contextLength, tieWeights, norm = 'pre'} = config;
  const T = tokens.length;
  const shape = `[T, C] = [${T}, ${C}]`;
  const parameters = partSizes(config, T).reduce((sum, part) => sum + part.parameters, 0);
  surface.text(`GPT: ${nLayers} ${nLayers === 1 ? 'block' : 'blocks'} of ${nHeads} heads`, 24, 28, {
    fill: theme.text,
    size: 18,
    font: theme.sans,
    weight: 600,
  });
  drawNote(
    surface,
    `${count(parameters)} parameters, ${bytes(FLOAT_BYTES * parameters)} in 32 bits`,
    24,
    50,
    theme,
  );
  const main = (from: number, to: number, note?: string): void => {
    drawArrow(
      surface,
      [
        [LINE, from],
        [LINE, to],
      ],
      theme,
    );
    if (note) drawNote(surface, note, LINE + 12, (from + to) / 2, theme);
  };
  drawBox(
    surface,
    box(70, 44, 420),
    {name: shortened(tokens), note: `T = ${T} tokens`},
    theme.residual,
    theme,
  );
  main(114, 140);
  drawBox(
    surface,
    box(140),
    {name: 'Token embedding', note: `wte [V, C] = [${number(V)}, ${C}]`},
    theme.residual,
    theme,
  );
  main(184, 206);
  drawPlus(surface, LINE, 213, 7, theme);
  const position = {x: 452, y: 191, width: 176, height: 44};
  drawBox(
    surface,
    position,
    {name: 'Positions', note: `wpe [${contextLength}, ${C}]`},
    theme.residual,
    theme,
  );
  drawArrow(
    surface,
    [
      [position.x, 213],
      [LINE + 8, 213],
    ],
    theme,
  );
  main(220, 274);
  drawNote(surface, shape, LINE + 12, 233, theme);
  // The block: two parts, each with a norm and a shortcut.
  const block = {x: 84, y: 246, width: 452, height: 428};
  surface.rect(block.x, block.y, block.width, block.height, {
    stroke: theme.text,
    dash: [5, 4],
    lineWidth: 1.25,
  });
  surface.text(`Transformer block × ${nLayers}`, block.x + block.width - 12, block.y + 18, {
    fill: theme.text,
    size: 14,
    font: theme.sans,
    weight: 600,
    anchor: 'end',
  });
  const isPre = norm === 'pre';
  const sublayer = (top: number, height: number, draw: (y: number) => void): number => {
    const normAt = isPre ? top : top + height + 58;
    const partAt = isPre ? top + 56 : top;
    const plus = isPre ? partAt + height + 22 : top + height + 22;
    drawBox(surface, box(normAt, 34), {name: 'Layer norm'}, theme.norm, theme);
    if (isPre) main(normAt + 34, partAt);
    draw(partAt);
    main(partAt + height, plus - 7);
    drawPlus(surface, LINE, plus, 7, theme);
    if (!isPre) main(plus + 7, normAt);
    const from = top - 14;
    drawArrow(
      surface,
      [
        [LINE, from],
        [SHORTCUT, from],
        [SHORTCUT, plus],
        [LINE - 8, plus],
      ],
      theme,
    );
    return isPre ? plus : normAt + 27;
  };
  const patterns = Math.min(nHeads, MOST_PATTERNS);
  const first = sublayer(274, 92, (y) => {
    drawBox(surface, box(y, 92), {name: ''}, theme.attention, theme);
    surface.text('Masked multi-head attention', LINE, y + 16, {
      fill: theme.text,
      size: 14,
      font: theme.sans,
      weight: 600,
      anchor: 'middle',
    });
    const side = Math.min(48, (WIDE - 24) / patterns - 6);
    const left = LINE - (patterns * (side + 6) - 6) / 2;
    for (let head = 0; head < patterns; head++)
      drawHeadPattern(
        surface,
        data,
        {layer, head},
        {x: left + head * (side + 6), y: y + 32 + (48 - side) / 2, width: side, height: side},
        theme,
      );
    drawNote(surface, `block ${layer + 1}:`, LINE + WIDE / 2 + 8, y + 44, theme);
    drawNote(
      surface,
      `${patterns < nHeads ? `${patterns} of ` : ''}${nHeads} heads`,
      LINE + WIDE / 2 + 8,
      y + 60,
      theme,
    );
  });
  main(first + 7, first + 50);
  const second = sublayer(first + 50, 76, (y) =>
    drawBox(
      surface,
      box(y, 76),
      {name: 'Feed-forward', note: `${C} → ${4 * C}, GELU, → ${C}`},
      theme.mlp,
      theme,
    ),
  );
  main(second + 7, 712, shape);
  drawBox(surface, box(712, 34), {name: 'Final layer norm'}, theme.norm, theme);
  main(746, 772);
  drawBox(
    surface,
    box(772),
    {name: tieWeights ? 'Head (the token embedding)' : 'Head', note: `[C, V] = [${C}, ${number(V)}]`},
    theme.residual,
    theme,
  );
  main(816, 846, 'softmax');
  const guesses = (stream.at(-1)?.guesses[chosen] ?? []).slice(0, 3);
  const words = guesses
    .map(({token, probability}) => `${visibleToken(token)} ${share(probability)}`)
    .join('   ');
  drawBox(
    surface,
    box(846, 60, 420),
    {name: words || 'next token', note: `after ${visibleToken(tokens[chosen]!)}`},
    theme.attention,
    theme,
  );
}

/** The end of the text, as much as the box has room for. */
function shortened(tokens: readonly string[]): string {
  const text = tokens.join('').trim();
  return text.length > 48 ? `…${text.slice(-47)}` : text;
}
