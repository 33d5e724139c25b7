/** What a change to a model does to its prediction, as parts of a sentence. */
import {html, nothing, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../base/format.js';
import type {Outcome} from './outcome.js';

/** The likeliest next token. */
export const renderGuess = ({likeliest}: Outcome): TemplateResult =>
  html`<span class="token">${visibleToken(likeliest[0]!.token)}</span>`;

/** The loss before and after; nothing for a text of one token. */
export const renderLosses = (before: Outcome, after: Outcome): TemplateResult | typeof nothing =>
  before.loss === undefined || after.loss === undefined
    ? nothing
    : html` The loss (lower is better) goes from <b>${decimals(before.loss, 2)}</b> to <b>${decimals(after.loss, 2)}</b>.`;
