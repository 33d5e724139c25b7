/** Multi-head attention of one block as a diagram: projections, heads side by side, and back to one vector a token. */
import {visibleToken} from '../../../../ui/base/format.js';
import type {Surface} from '../../../../viz/surface.js';
import type {Theme} from '../../../../viz/theme.js';
import type {ArchitectureData} from '../../data/architecture-data.js';
import {headRow} from '../../data/architecture-data.js';
import {mostRead} from '../attention-links.js';
import {drawArrow, drawBox, drawNote} from './boxes.js';
import {drawHeadPattern} from './head-pattern.js';

export const ATTENTION_SIZE = {width: 900, height: 700};

/** Heads that are drawn; of more, the first. */
const MOST_HEADS = 4;
const MIDDLE = ATTENTION_SIZE.width / 2;

export function drawAttentionDiagram(
  surface: Surface,
  data: ArchitectureData,
  layer: number,
  chosen: number,
  theme: Theme,
): void {
  const {config, tokens} = data;
  const {embDim: C, nHeads, qkvBias} = config;
  const [T, D] = [tokens.length, C / nHeads];
  const shown = Math.min(nHeads, MOST_HEADS);
  surface.text(`Multi-head attention: block ${layer + 1}, ${nHeads} heads`, 24, 28, {
    fill: theme.text,
    size: 18,
    font: theme.sans,
    weight: 600,
  });
  const input = {x: MIDDLE - 150, y: 52, width: 300, height: 44};
  drawBox(surface, input, {name: 'x, normalized', note: `[T, C] = [${T}, ${C}]`}, theme.residual, theme);
  const projections = [
    {name: 'Queries: x · Wq', color: theme.query},
    {name: 'Keys: x · Wk', color: theme.key},
    {name: 'Values: x · Wv', color: theme.value},
  ];
  projections.forEach(({name, color}, i) => {
    const box = {x: 90 + i * 250, y: 128, width: 220, height: 50};
    drawArrow(
      surface,
      [
        [MIDDLE, 96],
        [MIDDLE, 110],
        [box.x + 110, 110],
        [box.x + 110, 128],
      ],
      theme,
    );
    drawBox(surface, box, {name, note: `[${C}, ${C}]${qkvBias ? ' + bias' : ''}`}, color, theme);
    drawArrow(
      surface,
      [
        [box.x + 110, 178],
        [box.x + 110, 212],
      ],
      theme,
    );
  });
  const heads = {x: 36, y: 212, width: 828, height: 300};
  surface.rect(heads.x, heads.y, heads.width, heads.height, {
    stroke: theme.text,
    dash: [5, 4],
    lineWidth: 1.25,
  });
  drawNote(
    surface,
    `cut into ${nHeads} heads of D = C / H = ${D} numbers${shown < nHeads ? `; the first ${shown} are drawn` : ''}`,
    heads.x + 12,
    heads.y + 16,
    theme,
  );
  const column = heads.width / shown;
  for (let head = 0; head < shown; head++) {
    const middle = heads.x + (head + 0.5) * column;
    const line = (text: string, y: number, color = theme.muted): void =>
      surface.text(text, middle, y, {fill: color, size: 12.5, font: theme.sans, anchor: 'middle'});
    surface.text(`head ${head + 1}`, middle, heads.y + 40, {
      fill: theme.attention,
      size: 14,
      font: theme.sans,
      weight: 600,
      anchor: 'middle',
    });
    line(`scores = q · k / √${D}`, heads.y + 62);
    line('later tokens masked', heads.y + 80);
    line('softmax: attention weights', heads.y + 98);
    const side = 120;
    drawHeadPattern(
      surface,
      data,
      {layer, head},
      {x: middle - side / 2, y: heads.y + 112, width: side, height: side},
      theme,
    );
    line(
      `${visibleToken(tokens[chosen]!)} reads ${mostRead(data, headRow(data, layer, head, chosen), chosen)}`,
      heads.y + 248,
      theme.attention,
    );
    line(`weights · values: [${T}, ${D}]`, heads.y + 274);
    drawArrow(
      surface,
      [
        [middle, 512],
        [middle, 530],
        [MIDDLE, 530],
        [MIDDLE, 550],
      ],
      theme,
    );
  }
  const joined = {x: MIDDLE - 170, y: 550, width: 340, height: 44};
  drawBox(surface, joined, {name: 'Heads side by side', note: `[T, C] = [${T}, ${C}]`}, theme.value, theme);
  drawArrow(
    surface,
    [
      [MIDDLE, 594],
      [MIDDLE, 624],
    ],
    theme,
  );
  drawBox(
    surface,
    {...joined, y: 624, height: 50},
    {name: 'Output projection: · Wo + bias', note: `[${C}, ${C}], added to the stream`},
    theme.residual,
    theme,
  );
}
