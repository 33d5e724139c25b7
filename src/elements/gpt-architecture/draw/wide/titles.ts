/** What stands above the lanes: names, what happens there in plain words, and columns. */
import {number, visibleToken} from '../../../../ui/base/format.js';
import type {Surface} from '../../../../viz/surface.js';
import {POSITIONS} from '../../data/switches.js';
import type {BlockColumns, Span} from '../../layout/map-layout.js';
import type {WideLayout} from '../../layout/wide.js';
import {shortened} from '../candidates.js';
import type {MapView} from '../map-view.js';
import {fitting, wordsWidth} from '../text-width.js';
import {px} from './px.js';

export const TITLE = 12;
/** A narrower head has no room for “head 1” above it. */
const ROOM_FOR_HEAD = 40;
/** Middles of the lines. */
const [NAME, WORDS, COLUMN] = [8, 28, 46];
const GROUP = 13.5;
const BOLD = 600;
const ROOM_FOR_NUMBER = 8;
/** Numbers of two digits side by side need this; with less, every other column has one. */
const ROOM_FOR_TWO = 18;
/** Between words side by side. */
const CLEAR = 4;
/** What an MLP is, in two lines. */
const MLP_GLOSS = ['MLP: a small', 'neural network'] as const;
const ROOM_FOR_PATCHED = 66;
const SHORTEST_ARROW = 12;

type Write = (text: string, x: number, y: number, fill?: string, anchor?: 'start' | 'middle' | 'end') => void;

export function drawTitles(surface: Surface, layout: WideLayout, view: MapView): void {
  const {data, theme, chosen, hovered} = view;
  const {tokens, config, off} = data;
  const title: Write = (text, x, y, fill = theme.muted, anchor = 'start') =>
    surface.text(text, x, y, {fill, size: TITLE, font: theme.sans, anchor});
  const say = (wordings: readonly string[], x: number, end: number): void =>
    title(fitting(wordings, end - x - CLEAR, TITLE), x, WORDS);
  const groups: Span[] = [];
  const group = (wordings: readonly string[], x: number, end: number): void => {
    const text = fitting(wordings, end - x - CLEAR, GROUP, BOLD);
    if (!text) return;
    groups.push({x, width: wordsWidth(text, GROUP, BOLD)});
    surface.text(text, x, NAME, {fill: theme.text, size: GROUP, weight: BOLD, font: theme.sans});
  };
  const {wte, wpe, bars} = layout;
  const embedded = layout.blocks[0]!.x;
  group(['Text'], layout.tokens.x, wte.x);
  say(['as tokens', 'tokens'], layout.tokens.x, wte.x);
  group(['Embedding', 'Embed', 'Emb.'], wte.x, embedded);
  const numbers = `${config.embDim} numbers`;
  say([`as ${numbers}`, numbers, `${config.embDim}`], wte.x, embedded);
  title(fitting(['token', 'tok.'], wte.width - CLEAR, TITLE), wte.x, COLUMN);
  title(
    fitting(['+ position', '+ pos.', '+ p.'], wpe.width - 2 * CLEAR, TITLE),
    wpe.x + wpe.width - 2,
    COLUMN,
    off.includes(POSITIONS) ? theme.error : theme.muted,
    'end',
  );
  layout.blocks.forEach((block, n) => {
    if (!block.links) {
      if (hasRoom(block, block.layer))
        title(`${block.layer + 1}`, block.x + block.width / 2, COLUMN, theme.muted, 'middle');
      return;
    }
    const next = layout.blocks[n + 1]?.x ?? layout.guesses.x;
    group([`Block ${block.layer + 1}`], block.links.x, next);
    drawBlockTitles(surface, block, view, title);
  });
  if (hovered !== undefined && hovered !== chosen) title('guess', layout.guesses.x + 4, COLUMN);
  const end = bars.x + bars.width + CLEAR;
  group([`Next token after ${shortened(visibleToken(tokens[chosen]!))}`, 'Next token'], bars.x, end);
  const all = number(config.vocabSize);
  say([`how likely each of ${all} tokens is`, `of ${all} tokens`], bars.x, end);
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

function drawBlockTitles(
  surface: Surface,
  {layer, links, heads, mlp, mlpAdd}: BlockColumns,
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
      mlp.x - links.x - CLEAR,
      TITLE,
    ),
    links.x,
    WORDS,
    theme.attention,
  );
  const isOff = off.includes(`h.${layer}.mlp`);
  const isPatched = data.patched?.includes(`h.${layer}.mlp`);
  const mlpColor = isOff || isPatched ? theme.error : theme.mlp;
  const room = mlpAdd + CLEAR - mlp.x;
  const words = isOff
    ? ['MLP off']
    : isPatched
      ? ['MLP patched']
      : fitting([MLP_GLOSS[1]], room, TITLE)
        ? MLP_GLOSS
        : ['MLP'];
  for (const [line, text] of words.entries()) title(text, mlp.x, line === 0 ? WORDS : COLUMN, mlpColor);
  const isTight = heads.some(({width}) => width > 0 && width < ROOM_FOR_HEAD);
  if (isTight && links.width > 34) title('head', links.x, COLUMN);
  heads.forEach((span, head) => {
    if (!hasRoom(span, head)) return;
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

/** Whether there is room for the number of a column. */
const hasRoom = ({width}: Span, index: number): boolean =>
  width > (index % 2 ? ROOM_FOR_TWO : ROOM_FOR_NUMBER);

const middleOf = ({x, width}: Span): number => x + width / 2;
