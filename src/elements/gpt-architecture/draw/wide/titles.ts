/** What stands above the lanes: names, what happens there in plain words, and columns. */
import {number, visibleToken} from '../../../../ui/base/format.js';
import type {Surface} from '../../../../viz/surface.js';
import {POSITIONS} from '../../data/switches.js';
import type {BlockColumns, Span} from '../../layout/map-layout.js';
import type {WideLayout} from '../../layout/wide.js';
import type {MapView} from '../map-view.js';
import {px} from './px.js';

export const TITLE = 12;
/** A narrower head has no room for “head 1” above it. */
const ROOM_FOR_HEAD = 40;
/** Middles of the lines. */
const [NAME, WORDS, COLUMN] = [8, 26, 43];
/** Rough width of a character of the words. */
const CHARACTER = 5.8;
const GROUP_CHARACTER = 8.2;
const ROOM_FOR_NUMBER = 8;
const ROOM_FOR_PATCHED = 66;
const ROOM_FOR_NEXT = 130;
const SHORTEST_ARROW = 12;

type Write = (text: string, x: number, y: number, fill?: string, anchor?: 'start' | 'middle' | 'end') => void;

export function drawTitles(surface: Surface, layout: WideLayout, view: MapView): void {
  const {data, theme, chosen, hovered} = view;
  const {tokens, config, off} = data;
  const title: Write = (text, x, y, fill = theme.muted, anchor = 'start') =>
    surface.text(text, x, y, {fill, size: TITLE, font: theme.sans, anchor});
  const groups: Span[] = [];
  const group = (text: string, x: number, room: number): void => {
    const width = text.length * GROUP_CHARACTER;
    if (width > room) return;
    groups.push({x, width});
    surface.text(text, x, NAME, {fill: theme.text, size: 13.5, weight: 600, font: theme.sans});
  };
  group('Text', layout.tokens.x, layout.tokens.width);
  title(
    fitting(['cut into tokens', 'as tokens', 'tokens'], layout.wte.x - layout.tokens.x),
    layout.tokens.x,
    WORDS,
  );
  const room = layout.wpe.x + layout.wpe.width - layout.wte.x;
  const isRoomy = room > 100;
  group(isRoomy ? 'Embedding' : room > 60 ? 'Embed' : 'Emb.', layout.wte.x, room + 4);
  const numbers = `${config.embDim} numbers`;
  title(fitting([`each becomes ${numbers}`, `as ${numbers}`, numbers], room + 4), layout.wte.x, WORDS);
  if (room > 60) title(isRoomy ? 'token' : 'tok.', layout.wte.x, COLUMN);
  title(
    isRoomy ? '+ position' : room > 60 ? '+ pos.' : room > 20 ? 't + p' : '',
    layout.wpe.x + layout.wpe.width,
    COLUMN,
    off.includes(POSITIONS) ? theme.error : theme.muted,
    'end',
  );
  layout.blocks.forEach((block, n) => {
    if (!block.links) {
      if (block.width > ROOM_FOR_NUMBER)
        title(`${block.layer + 1}`, block.x + block.width / 2, COLUMN, theme.muted, 'middle');
      return;
    }
    const next = layout.blocks[n + 1]?.x ?? layout.guesses.x;
    group(`Block ${block.layer + 1}`, block.links.x, next - block.links.x);
    drawBlockTitles(surface, block, next, view, title);
  });
  if (hovered !== undefined && hovered !== chosen) title('best guess', layout.guesses.x + 4, COLUMN);
  if (layout.bars.width >= ROOM_FOR_NEXT) {
    group('Next token', layout.bars.x, layout.bars.width);
    title(`after ${visibleToken(tokens[chosen]!)}: a share for`, layout.bars.x, WORDS);
    title(`each of ${number(config.vocabSize)} tokens`, layout.bars.x, COLUMN);
  }
  drawArrows(surface, groups, theme.muted);
}

/** From each group to the next: in this order a pass goes through the model. */
function drawArrows(surface: Surface, groups: readonly Span[], stroke: string): void {
  for (const [i, {x, width}] of groups.entries()) {
    const [from, to] = [x + width + 6, (groups[i + 1]?.x ?? 0) - 8];
    if (to - from < SHORTEST_ARROW) continue;
    surface.path(
      `M${px(from)} ${NAME}H${px(to)}M${px(to - 4)} ${NAME - 3.5}L${px(to)} ${NAME}L${px(to - 4)} ${NAME + 3.5}`,
      {stroke},
    );
  }
}

/** @param next where the next block begins */
function drawBlockTitles(
  surface: Surface,
  {layer, links, heads, mlp, attentionAdd}: BlockColumns,
  next: number,
  {data, theme}: MapView,
  title: Write,
): void {
  if (!heads || !mlp || !links) return;
  const {off} = data;
  surface.line(links.x, 17, mlp.x + mlp.width, 17, {stroke: theme.hairline});
  title(
    fitting(
      [
        'Attention: each head reads earlier tokens',
        'Attention: reads earlier tokens',
        'Attention: reads back',
        'Attention',
      ],
      attentionAdd - links.x,
    ),
    links.x,
    WORDS,
    theme.attention,
  );
  const isOff = off.includes(`h.${layer}.mlp`);
  const isPatched = data.patched?.includes(`h.${layer}.mlp`);
  const mlpColor = isOff || isPatched ? theme.error : theme.mlp;
  const room = next - mlp.x - 8;
  title(
    fitting(
      ['MLP: a small network, each token alone', 'MLP: a small network', 'MLP: a network', 'MLP'],
      room,
    ),
    mlp.x,
    WORDS,
    mlpColor,
  );
  title(
    isOff
      ? 'MLP off'
      : isPatched
        ? 'MLP patched'
        : fitting(['detectors, colored if active', 'active detectors', 'detectors'], room),
    mlp.x,
    COLUMN,
    mlpColor,
  );
  const isTight = heads.some(({width}) => width > 0 && width < ROOM_FOR_HEAD);
  if (isTight && links.width > 34) title('head', links.x, COLUMN);
  heads.forEach((span, head) => {
    if (span.width < ROOM_FOR_NUMBER) return;
    const isHeadOff = off.includes(`h.${layer}.attn.${head}`);
    const isPatched = data.patched?.includes(`h.${layer}.attn.${head}`);
    const name = isTight && span.width < ROOM_FOR_HEAD ? `${head + 1}` : `head ${head + 1}`;
    title(
      isHeadOff
        ? `${head + 1} off`
        : isPatched && span.width > ROOM_FOR_PATCHED
          ? `${head + 1} patched`
          : name,
      middleOf(span),
      COLUMN,
      isHeadOff || isPatched ? theme.error : theme.attention,
      'middle',
    );
  });
}

/** Returns the longest of some wordings that there is room for; none: empty. */
const fitting = (wordings: readonly string[], room: number): string =>
  wordings.find((text) => text.length * CHARACTER <= room) ?? '';

const middleOf = ({x, width}: Span): number => x + width / 2;
