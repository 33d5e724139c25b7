/** Patches parts from another text; loaded when the reader first does. */

import {nothing, type TemplateResult} from 'lit';
import type {Emit} from '../../../ui/base/gpt-element.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import {OTHER_TALE, TALE} from '../data/default-text.js';
import {otherText} from '../data/other-text.js';
import {patchesIn, toggled} from '../data/switches.js';
import {renderPatching} from './patching-view.js';
import {type FocusHost, refocus} from './refocus.js';

/** The element’s attributes that the reader changes. */
export interface PatchingHost extends FocusHost {
  patch: string;
  patchText: string;
}

export interface PatchingContext {
  isGiven: () => boolean;
  shownText: () => string;
  /** How many tokens a text has. */
  lengthOf: (text: string) => number;
  emit: Emit;
}

export class Patching {
  readonly #host: PatchingHost;
  readonly #context: PatchingContext;
  /** Whether the reader has emptied the other text and may type a new one. */
  #isEmptied = false;

  constructor(host: PatchingHost, context: PatchingContext) {
    this.#host = host;
    this.#context = context;
  }

  /** Begins with another text, or ends. */
  toggle(data: ArchitectureData): void {
    this.#set('', this.#host.patchText ? '' : this.#otherText(data));
  }

  /** Renders the other text, and what the chosen part can take from it. */
  render(current: string, {config}: ArchitectureData): TemplateResult | typeof nothing {
    const {patch, patchText} = this.#host;
    if ((!patchText && !this.#isEmptied) || this.#context.isGiven()) return nothing;
    return renderPatching({
      text: patchText,
      patched: patchText ? patchesIn(patch, config) : [],
      part: patchesIn(current, config)[0],
      setText: (text) => {
        this.#isEmptied = !text.trim();
        this.#set(patch, text.trim() && text);
      },
      leaveText: () => this.#leaveText(),
      toggle: () => this.#set(toggled(patch, current, config), patchText),
      undoAll: () => {
        this.#set('', patchText);
        void refocus(this.#host, '.patching input');
      },
    });
  }

  /** The text that patching begins with. */
  #otherText(data: ArchitectureData): string {
    const {shownText, lengthOf} = this.#context;
    const text = shownText();
    return text === TALE ? OTHER_TALE : (otherText(data, lengthOf) ?? text);
  }

  /** Without another text nothing can be patched: patching ends. */
  #leaveText(): void {
    if (this.#host.patchText) return;
    this.#isEmptied = false;
    this.#set('', '');
    void refocus(this.#host, '.actions button');
  }

  #set(patch: string, text: string): void {
    this.#host.patch = patch;
    this.#host.patchText = text;
    this.#context.emit('gpt-patch', {patch, text});
  }
}
