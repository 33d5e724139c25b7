/** What is known of one unit: where in the corpus it fires, and which tokens it makes likelier. */
import {html, nothing, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {Firing, Push, Units} from './units.js';

/** Tokens that the sentence names, of those that fire and of those that become likelier. */
const NAMED = 3;

/** Returns what a unit has learned: where it fires most, and what it makes likelier. */
export function unitInWords({layer, firings, pushes}: Units, unit: number): TemplateResult {
  const tokens = (list: readonly {token: string}[] = []): TemplateResult[] =>
    [...new Set(list.map(({token}) => visibleToken(token)))]
      .slice(0, NAMED)
      .map((token, i) => html`${i > 0 ? ', ' : ''}<span class="token">${token}</span>`);
  const likelier = pushes?.[unit];
  return html`Unit ${unit + 1} of block ${layer + 1} fires most at ${tokens(firings[unit])}${
    likelier ? html`, and then makes ${tokens(likelier)} likelier to come next` : nothing
  }.`;
}

export function renderUnit(units: Units, unit: number): TemplateResult {
  const firings = units.firings[unit] ?? [];
  const pushes = units.pushes?.[unit];
  const most = Math.max(1e-9, ...firings.map(({value}) => value));
  const strongest = Math.max(1e-9, ...(pushes ?? []).map(({logit}) => logit));
  return html`<div class="unit">
    <table class="firings">
      <caption>
        Where unit ${unit + 1} fires most, in ${units.searched.toLocaleString('en')} tokens of the corpus
      </caption>
      <tbody>
        ${firings.map((firing) => renderFiring(firing, most))}
      </tbody>
    </table>
    ${
      pushes
        ? html`<table class="pushes">
            <caption>
              What it then makes likelier to come next
            </caption>
            <tbody>
              ${pushes.map((push) => renderPush(push, strongest))}
            </tbody>
          </table>`
        : nothing
    }
  </div>`;
}

const bar = (share: number): TemplateResult =>
  html`<span class="bar" .style="width: ${Math.max(0, 100 * share)}%"></span>`;

const renderFiring = ({before, token, value}: Firing, most: number): TemplateResult => html`<tr>
  <th scope="row" class="context">
    <span>${visibleToken(before)}</span><mark>${visibleToken(token)}</mark>
  </th>
  <td class="number">${decimals(value, 2)}</td>
  <td class="bars">${bar(value / most)}</td>
</tr>`;

const renderPush = ({token, logit}: Push, strongest: number): TemplateResult => html`<tr>
  <th scope="row" class="context">${visibleToken(token)}</th>
  <td class="number">+${decimals(logit, 2)}</td>
  <td class="bars">${bar(logit / strongest)}</td>
</tr>`;
