/** The text as chips: words that have to look back are buttons; from the chosen one arcs lead to what it refers to. */
import {html, nothing, svg, type TemplateResult} from 'lit';
import {visibleToken} from '../../ui/base/format.js';
import {indexFor, keyTarget} from '../../ui/base/stepping.js';
import type {LookBack} from './look-back.js';

export interface TaleOptions {
  tokens: readonly string[];
  all: readonly LookBack[];
  chosen: LookBack | undefined;
  choose: (one: LookBack) => void;
}

export function renderTale({tokens, all, chosen, choose}: TaleOptions): TemplateResult {
  const byWord = new Map(all.map((one) => [one.word, one]));
  const roleOf = (index: number): string => {
    const mention = chosen?.mentions.find(({key}) => key === index);
    return [
      chosen?.query === index ? 'query' : '',
      mention ? 'mention' : '',
      mention && mention === chosen?.main ? 'main' : '',
    ].join(' ');
  };
  const chip = (token: string, index: number): TemplateResult => {
    const one = byWord.get(index);
    const shown = visibleToken(token);
    return one
      ? html`<button
          class="token looks ${roleOf(index)}"
          data-index=${index}
          aria-pressed=${one === chosen}
          tabindex=${one === (chosen ?? all[0]) ? 0 : -1}
          @click=${() => choose(one)}
          >${shown}</button
        >`
      : html`<span class="token ${roleOf(index)}" data-index=${index}>${shown}</span>`;
  };
  return html`
    <div
      class="tale"
      part="tale"
      role="group"
      aria-label="The text, token by token. Words that have to look back are buttons; arrow keys move between them."
      @keydown=${(event: KeyboardEvent) => move(event, all, chosen, choose)}
    >
      ${tokens.map(chip)}
      ${chosen ? html`<svg class="arcs" aria-hidden="true">${chosen.mentions.map(() => ARC)}</svg>` : nothing}
    </div>
  `;
}

/** Its way is found once the chips have their places. */
const ARC = svg`<path></path>`;

function move(
  event: KeyboardEvent,
  all: readonly LookBack[],
  chosen: LookBack | undefined,
  choose: (one: LookBack) => void,
): void {
  const at = chosen ? all.indexOf(chosen) : 0;
  const last = all.length - 1;
  if (last < 0) return;
  const to = indexFor(event, at, all.length) ?? keyTarget(event, {ArrowUp: at - 1, ArrowDown: at + 1}, last);
  if (to === undefined) return;
  const one = all[to]!;
  choose(one);
  (event.currentTarget as Element).querySelector<HTMLElement>(`[data-index="${one.word}"]`)?.focus();
}

/** Leads the arcs from chip to chip. @param root Of the element. */
export function placeArcs(root: ParentNode, chosen: LookBack | undefined): void {
  const paths = root.querySelectorAll<SVGPathElement>('.arcs path');
  const chip = (index: number) => root.querySelector<HTMLElement>(`.tale [data-index="${index}"]`);
  chosen?.mentions.forEach((mention, i) => {
    const [from, to] = [chip(chosen.query), chip(mention.key)];
    if (!from || !to || !paths[i]) return;
    paths[i].setAttribute('d', arc(from, to));
    paths[i].setAttribute('class', mention === chosen.main ? 'main' : '');
  });
}

/** Over the row where both stand in it; else from the top of the one to the bottom of the other, in a row above. */
function arc(from: HTMLElement, to: HTMLElement): string {
  const [x1, x2] = [from, to].map((chip) => chip.offsetLeft + chip.offsetWidth / 2) as [number, number];
  const y1 = from.offsetTop;
  if (from.offsetTop === to.offsetTop) {
    const lift = y1 - Math.min(30, 10 + Math.abs(x1 - x2) / 8);
    return `M${x1} ${y1}C${x1} ${lift} ${x2} ${lift} ${x2} ${y1}`;
  }
  const y2 = to.offsetTop + to.offsetHeight;
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}
