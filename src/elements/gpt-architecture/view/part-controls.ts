/** What the reader does with parts of the model: chooses, opens, switches off and patches them. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Emit} from '../../../ui/base/gpt-element.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import {canOpen, partOpened} from '../data/open-part.js';
import {partsIn, switchableParts, switchedBy, toggled} from '../data/switches.js';
import {renderActions} from './actions-view.js';
import type {CloserLook} from './closer-look.js';
import type {MapCamera} from './map-camera.js';
import {type FocusHost, moveFocus, refocus} from './refocus.js';
import type {Tour} from './tour.js';

/** The element’s attributes that the reader changes. */
export interface PartsHost extends FocusHost {
  selected: string;
  open: string;
  stage: string;
  off: string;
  patchText: string;
  sizes: boolean;
}

export interface PartsContext {
  isGiven: () => boolean;
  isNarrow: () => boolean;
  select: (part: string) => void;
  closer: CloserLook;
  camera: MapCamera;
  tour: Tour;
  emit: Emit;
}

export class PartControls {
  readonly #host: PartsHost;
  readonly #context: PartsContext;

  constructor(host: PartsHost, context: PartsContext) {
    this.#host = host;
    this.#context = context;
  }

  /** Opens a part, or one of its tensors. */
  show(open: string): void {
    this.#host.open = open;
    const part = partOpened(open);
    if (part !== partOpened(this.#host.selected ?? '')) this.#context.select(part);
  }

  isOpen(part: string): boolean {
    return canOpen(part) && partOpened(part) === this.#opened;
  }

  /** Opens or closes a part. Where the map has no room to show it larger, goes to its numbers. */
  toggleOpen = async (part: string): Promise<void> => {
    if (!canOpen(part)) return;
    this.#host.open = this.isOpen(part) ? '' : partOpened(part);
    if (this.#host.open && this.#context.isNarrow()) (await this.#context.closer.load()).reveal();
  };

  /** Opens a part; of an open one, leads to its numbers. */
  enter = (part: string): void => {
    if (this.isOpen(part)) this.#context.closer.panel?.enter();
    else void this.toggleOpen(part);
  };

  /** Closes a part. Returns whether it was open. */
  close(part: string): boolean {
    const isOpen = this.isOpen(part);
    if (isOpen) this.#host.open = '';
    return isOpen;
  }

  /** Back to a part that the chosen one belongs to; if something is open, its own numbers are shown. */
  goBack = (part: string): void => {
    this.#context.select(part);
    if (this.#host.open) this.show(part);
  };

  /** Back to the whole model. */
  leave = (): void => {
    this.#context.camera.reset();
    this.#host.open = '';
    this.#context.select('');
  };

  /** From the numbers back to their part on the map, or to the walkthrough. */
  leaveNumbers = (): void => {
    const part = this.#opened;
    if (part) this.#context.select(part);
    void moveFocus(this.#host, part ? '[role="treeitem"][tabindex="0"]' : '.walkthrough.open .primary');
  };

  /** Leads one level up where nothing else has taken the key: out of the walkthrough, or of what is open. */
  escape(event: KeyboardEvent): void {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      (event.composedPath()[0] as Element).localName === 'select'
    )
      return;
    if (this.#host.stage) this.#context.tour.end();
    else this.#host.open = '';
  }

  get #opened(): string {
    return partOpened(this.#host.open ?? '');
  }

  /** Switches a part off or on again, if it can be. */
  switchPart(id: string, {config}: ArchitectureData): void {
    const part = switchedBy(id);
    if (!this.#context.isGiven() && switchableParts(config).includes(part))
      this.#setOff(toggled(this.#host.off, part, config));
  }

  /** Renders what can be done with a part, and the other text of a patch. */
  render(current: string, data: ArchitectureData): TemplateResult {
    const {selected, off, sizes, patchText} = this.#host;
    const {isGiven, closer, camera} = this.#context;
    return html`${renderActions({
      config: data.config,
      current,
      off: partsIn(off, data.config),
      isGiven: isGiven(),
      isOpen: this.isOpen(current),
      canOpen: canOpen(selected ?? ''),
      isZoomed: camera.isZoomed,
      sizes,
      diagrams: closer.panel?.diagrams ?? false,
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
      toggleDiagrams: async () => (await closer.load()).toggleDiagrams(),
      togglePatching: async () => (await closer.load()).patching.toggle(data),
    })}${closer.panel?.patching.render(current, data) ?? nothing}`;
  }

  #setOff(off: string): void {
    this.#host.off = off;
    this.#context.emit('gpt-off', {off});
  }
}
