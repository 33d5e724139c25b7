/** What the reader does with parts of the model: chooses, opens, switches off and patches them. */
import {html, nothing, type TemplateResult} from 'lit';
import type {ArchitectureData, Config} from '../data/architecture-data.js';
import {OTHER_TALE, TALE} from '../data/default-text.js';
import {partsIn, patchesIn, switchableParts, switchedBy, toggled} from '../data/switches.js';
import type {MapLayout} from '../layout/map-layout.js';
import {renderActions} from './actions-view.js';
import type {CloserLook} from './closer-look.js';
import type {MapCamera} from './map-camera.js';
import {type FocusHost, refocus} from './refocus.js';

/** The element’s attributes that the reader changes. */
export interface PartsHost extends FocusHost {
  selected: string;
  open: string;
  off: string;
  patch: string;
  patchText: string;
  sizes: boolean;
}

export interface PartsContext {
  isGiven: () => boolean;
  shownText: () => string;
  /** How many tokens a text has. */
  lengthOf: (text: string) => number;
  closer: CloserLook;
  emit: (type: string, detail: unknown) => void;
}

/** Parts that can take more room. */
const CAN_OPEN = /^(embed\.(token|position)|h\.\d+\.(mlp|attn\.\d+))$/;

export class PartControls {
  readonly #host: PartsHost;
  readonly #context: PartsContext;
  /** Whether the reader has emptied the other text and may type a new one. */
  #isEmptied = false;

  constructor(host: PartsHost, context: PartsContext) {
    this.#host = host;
    this.#context = context;
  }

  select(part: string): void {
    this.#host.selected = part;
    this.#context.emit('gpt-part', {part});
  }

  /** Back to the whole model. */
  leave(): void {
    this.#host.open = '';
    this.select('');
  }

  toggleOpen = (part: string): void => {
    if (CAN_OPEN.test(part)) this.#host.open = this.#host.open === part ? '' : part;
  };

  /** Switches a part off or on again, if it can be. */
  switchPart(id: string, {config}: ArchitectureData): void {
    const part = switchedBy(id);
    if (!this.#context.isGiven() && switchableParts(config).includes(part))
      this.#setOff(toggled(this.#host.off, part, config));
  }

  /** Renders what can be done with a part, and the other text of a patch. */
  render(current: string, data: ArchitectureData, layout: MapLayout, camera: MapCamera): TemplateResult {
    const isPatching = (this.#host.patchText || this.#isEmptied) && !this.#context.isGiven();
    return html`${this.#renderActions(current, data, layout, camera)}${isPatching ? this.#renderPatching(current, data) : nothing}`;
  }

  #renderActions(
    current: string,
    data: ArchitectureData,
    {kind}: MapLayout,
    camera: MapCamera,
  ): TemplateResult {
    const {selected, off, open, sizes, patchText} = this.#host;
    return renderActions({
      config: data.config,
      current,
      off: partsIn(off, data.config),
      isGiven: this.#context.isGiven(),
      open,
      canOpen: CAN_OPEN.test(current) && kind === 'wide',
      isZoomed: camera.isZoomed,
      sizes,
      diagrams: this.#context.closer.diagrams,
      isPatching: Boolean(patchText),
      isPatched: Boolean(data.patched?.length),
      switchPart: () => this.switchPart(current, data),
      reset: () => {
        this.#setOff('');
        void refocus(this.#host, '.actions button');
      },
      toggleOpen: () => this.toggleOpen(current),
      zoom: (into) => camera.zoomAt(selected && current, into),
      toggleSizes: () => (this.#host.sizes = !sizes),
      toggleDiagrams: () => this.#context.closer.toggleDiagrams(),
      togglePatching: async () => this.#setPatch('', patchText ? '' : await this.#otherText(data)),
    });
  }

  #renderPatching(current: string, {config}: {config: Config}): TemplateResult | undefined {
    const {patch, patchText} = this.#host;
    return this.#context.closer.code?.renderPatching({
      text: patchText,
      patched: patchText ? patchesIn(patch, config) : [],
      part: patchesIn(current, config)[0],
      setText: (text) => {
        this.#isEmptied = !text.trim();
        this.#setPatch(patch, text.trim() && text);
      },
      leaveText: () => this.#leaveOtherText(),
      toggle: () => this.#setPatch(toggled(patch, current, config), patchText),
      undoAll: () => {
        this.#setPatch('', patchText);
        void refocus(this.#host, '.patching input');
      },
    });
  }

  /** The text that patching begins with. */
  async #otherText(data: ArchitectureData): Promise<string> {
    const {shownText, lengthOf, closer} = this.#context;
    const text = shownText();
    return text === TALE ? OTHER_TALE : ((await closer.load()).otherText(data, lengthOf) ?? text);
  }

  /** Without another text nothing can be patched: patching ends. */
  #leaveOtherText(): void {
    if (this.#host.patchText) return;
    this.#isEmptied = false;
    this.#setPatch('', '');
    void refocus(this.#host, '.actions button');
  }

  #setPatch(patch: string, text: string): void {
    this.#host.patch = patch;
    this.#host.patchText = text;
    this.#context.emit('gpt-patch', {patch, text});
  }

  #setOff(off: string): void {
    this.#host.off = off;
    this.#context.emit('gpt-off', {off});
  }
}
