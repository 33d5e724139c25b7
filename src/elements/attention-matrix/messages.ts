/** What stands where the picture will be, and what is said about it. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LoadingFact} from '../../state/live-model-types.js';

/** Why there is no picture, and a way to try again where that may help. */
export function renderError(message: string, retry: (() => void) | undefined): TemplateResult {
  return html`<span>${message}</span> ${retry ? html`<button @click=${retry}>Try again</button>` : nothing}`;
}

export function renderLoading(loading: LoadingFact | undefined): TemplateResult {
  return html`<div class="waiting" role="status">
    <span>${loading?.message ?? 'Waiting for the model …'}</span>
    ${loading?.total ? html`<progress max=${loading.total} .value=${loading.done} aria-label="Loading"></progress>` : nothing}
  </div>`;
}

export interface TextInputOptions {
  text: string;
  change: (text: string) => void;
  /** Tokens that the model has been asked to write on. */
  writeOn: number;
  writing: boolean;
  choose: (tokens: number) => void;
}

/** So many tokens a press: about a sentence of the model that ships. */
const SENTENCE = 8;

/** The reader's text, and the model's continuation of it. */
export function renderTextInput({text, change, writeOn, writing, choose}: TextInputOptions): TemplateResult {
  return html`<div class="text-input">
    <label
      >Text
      <input
        spellcheck="false"
        autocomplete="off"
        .value=${text}
        @input=${(event: InputEvent) => change((event.target as HTMLInputElement).value)}
    /></label>
    <button
      class="write-on"
      ?disabled=${writing || !text}
      title="The model continues the text with its likeliest tokens"
      @click=${() => choose(writeOn + SENTENCE)}
    >
      Let the model write on
    </button>
    <button class="take-back" ?disabled=${!writeOn} @click=${() => choose(0)}>${writing ? 'Stop' : 'Take back'}</button>
  </div>`;
}
