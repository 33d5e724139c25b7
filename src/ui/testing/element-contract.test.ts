import {expect} from '@open-wc/testing';
import {css, html, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import '../../elements/gpt-model/gpt-model.js';
import {defaultModel, getModel} from '../../state/registry.js';
import {watchModel} from '../../state/watch.js';
import {ViewElement} from '../base/view-element.js';
import {AWAITING} from './contract/awaiting.js';
import type {Check} from './contract/check.js';
import {CHECKS, type CheckName} from './contract/checks.js';
import type {ElementDeclaration} from './contract/declaration.js';
import {EXEMPT} from './contract/exempt.js';
import {Stage} from './contract/stage.js';
import {keepsContract} from './element-contract.js';
import {ElementHarness} from './element-harness.js';
import {patience} from './until.js';

interface Figure {
  value: number;
}

/** A small element that keeps the whole contract. */
class Sound extends ViewElement<Figure> {
  static override styles = [
    ...ViewElement.styles,
    css`
      .bar {
        width: 50px;
        height: 10px;
        background: teal;
        border: 1px solid CanvasText;
      }
      .plot {
        direction: ltr;
        width: 200px;
      }
      .label {
        display: inline-block;
        width: 90px;
      }
      canvas {
        width: 200px;
        height: 40px;
      }
      .figure {
        unicode-bidi: isolate;
        direction: ltr;
      }
      [aria-pressed='true'] {
        border-width: 3px;
      }
      @media print {
        :host {
          color-scheme: light;
        }
        .footer,
        .waiting,
        .controls {
          display: none;
        }
      }
    `,
  ];
  static override lead = 'What is the first number?';

  @property({attribute: false}) accessor value: number | undefined;
  @property({type: Number, reflect: true}) accessor digits = 2;
  @property({type: Boolean, reflect: true, attribute: 'without-bar'}) accessor withoutBar = false;

  protected override dataFromProperties(): Figure | undefined {
    return this.value === undefined ? undefined : {value: this.value};
  }

  protected override async load(model: Parameters<ViewElement<Figure>['load']>[0]): Promise<Figure> {
    const weights = await model.weights(['ln_f.weight']);
    return {value: weights.get('ln_f.weight')!.data[0]!};
  }

  protected override renderData({value}: Figure): TemplateResult {
    return html`${this.withoutBar ? '' : html`<div class="bar"></div>`}
      <div class="controls"><button aria-pressed="true">one</button><button aria-pressed="false">two</button></div>
      <div class="plot"><span class="label">a</span><span class="label">b</span><canvas></canvas></div>
      <p class="readout"><span class="figure">${this.print(value)}</span> is the first.</p>
      ${this.more()}`;
  }

  protected print(value: number): string {
    const digits = Math.min(9, Math.max(0, Number(this.digits) || 0));
    return value.toFixed(digits).replace(/^0/, '');
  }

  protected more(): unknown {
    return '';
  }

  protected override updated(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    if (canvas) this.paint(canvas);
  }

  protected paint(canvas: HTMLCanvasElement): void {
    canvas.width = 200;
    canvas.height = 40;
    const context = canvas.getContext('2d')!;
    context.fillStyle = this.colors.theme.background;
    context.fillRect(0, 0, 200, 40);
    context.fillStyle = this.colors.theme.text;
    context.textAlign = 'left';
    context.fillText('all of it', 2, 20);
  }
}

let count = 0;

/** Registers an element and returns how it is declared. */
function declare(Class: typeof Sound, declaration: Partial<ElementDeclaration<Sound>> = {}) {
  const tag = `contract-fixture-${++count}`;
  customElements.define(tag, class extends Class {}); // a constructor can have one tag only
  return {
    tag,
    harness: ElementHarness,
    given: () => ({value: 0.25}),
    models: ['ancestor', 'for', 'default'],
    ...declaration,
  } as unknown as ElementDeclaration;
}

/** Returns why the check fails. @throws {Error} if it passes */
async function fault(
  name: CheckName,
  Class: typeof Sound,
  declaration?: Partial<ElementDeclaration<Sound>>,
): Promise<string> {
  const stage = new Stage(declare(Class, declaration));
  const {ms} = patience;
  patience.ms = 3000; // what is broken never comes
  try {
    await keepsContract(CHECKS[name], stage);
  } catch (error) {
    return `${(error as Error).message} ${JSON.stringify((error as {actual?: unknown}).actual)}`;
  } finally {
    patience.ms = ms;
    await stage.close();
  }
  throw new Error(`“${name}” passes an element that is broken.`);
}

const withStyle = (style: ReturnType<typeof css>) =>
  class extends Sound {
    static override styles = [...Sound.styles, style];
  };

const withMore = (more: () => unknown) =>
  class extends Sound {
    protected override more(): unknown {
      return more();
    }
  };

describe('the contract of elements', () => {
  const sound = declare(Sound);
  for (const [name, check] of Object.entries(CHECKS) as [CheckName, Check][])
    it(`“${name}” passes a sound element`, async () => {
      const stage = new Stage(sound);
      try {
        await keepsContract(check, stage);
      } finally {
        await stage.close();
      }
    });

  it('“given” fails an element that asks a model all the same', async () => {
    const Asks = class extends Sound {
      override connectedCallback(): void {
        super.connectedCallback();
        void defaultModel().ready;
      }
    };
    expect(await fault('given', Asks)).to.contain('ready');
  });

  it('“for” and “ancestor” fail an element that shows another model', async () => {
    const Other = class extends Sound {
      override connectedCallback(): void {
        super.connectedCallback();
        void defaultModel().ready;
      }
    };
    expect(await fault('for', Other)).to.contain('another model');
    expect(await fault('ancestor', Other)).to.contain('another model');
  });

  it('“default” fails an element that shows another model', async () => {
    const Other = class extends Sound {
      override connectedCallback(): void {
        super.connectedCallback();
        void getModel('contract-model')!.ready;
      }
    };
    expect(await fault('default', Other)).to.contain('another model');
  });

  it('“switches” fails a switch that removes nothing', async () => {
    class Idle extends Sound {
      @property({type: Boolean, attribute: 'without-nothing'}) accessor withoutNothing = false;
    }
    expect(await fault('switches', Idle)).to.contain('without-nothing');
  });

  it('“attributes” fails an exception, a rejection and a console error', async () => {
    const Throws = class extends Sound {
      protected override print(value: number): string {
        return value.toFixed(this.digits);
      }
    };
    expect(await fault('attributes', Throws)).to.contain('toFixed');
    const Rejects = class extends Sound {
      protected override updated(): void {
        super.updated();
        if (this.digits !== 2) void Promise.reject(new Error('a rejection'));
      }
    };
    expect(await fault('attributes', Rejects)).to.contain('a rejection');
    const Complains = class extends Sound {
      protected override updated(): void {
        super.updated();
        if (this.digits !== 2) console.error('a complaint');
      }
    };
    expect(await fault('attributes', Complains)).to.contain('a complaint');
  });

  it('“given” fails an element that styles by an attribute, which a strict policy ignores', async () => {
    const Styled = withMore(() => html`<i style=${`width: ${10}px`}></i>`);
    expect(await fault('given', Styled)).to.contain('style-src-attr forbids a style in <contract-fixture');
  });

  it('“attributes” fails an element that does not draw again', async () => {
    const Stuck = class extends Sound {
      #stuck = false;
      protected override print(value: number): string {
        this.#stuck ||= this.digits === -1;
        return super.print(value);
      }
      protected override more(): unknown {
        return this.#stuck ? html`<div class="waiting">Waiting</div>` : '';
      }
    };
    expect(await fault('attributes', Stuck)).to.contain('set right again');
  });

  it('“narrow” fails an element wider than 320 px', async () => {
    expect(await fault('narrow', withStyle(css`.bar { width: 400px; }`))).to.contain('.bar');
  });

  it('“rightToLeft” fails labels that turn around, numbers and clipped canvas texts', async () => {
    const Turned = withStyle(css`.plot { direction: inherit; }`);
    expect(await fault('rightToLeft', Turned)).to.contain('labels that left their cells');
    const Reversed = withStyle(
      css`.readout, .readout .figure { unicode-bidi: normal !important; direction: inherit !important; }`,
    );
    expect(await fault('rightToLeft', Reversed)).to.contain('turned around');
    const Clipped = class extends Sound {
      static override styles = [
        ...Sound.styles,
        css`canvas { direction: rtl; } :host(:dir(ltr)) canvas { direction: ltr; }`,
      ];
      protected override paint(canvas: HTMLCanvasElement): void {
        super.paint(canvas);
        const context = canvas.getContext('2d')!;
        context.textAlign = 'start';
        context.fillText('begins at the start', 2, 20);
      }
    };
    expect(await fault('rightToLeft', Clipped)).to.contain('begins at the start');
  });

  it('“forcedColors” fails bars without a border and selections without a mark', async () => {
    expect(await fault('forcedColors', withStyle(css`.bar { border: 0; }`))).to.contain('.bar');
    expect(
      await fault('forcedColors', withStyle(css`.controls button { all: revert !important; }`)),
    ).to.contain('“one”');
  });

  it('“print” fails dark canvases, controls and waiting on paper', async () => {
    const Dark = class extends Sound {
      protected override paint(canvas: HTMLCanvasElement): void {
        super.paint(canvas);
        if (!matchMedia('(prefers-color-scheme: dark)').matches) return;
        const context = canvas.getContext('2d')!;
        context.fillStyle = 'black';
        context.fillRect(0, 0, canvas.width, canvas.height);
      }
    };
    expect(await fault('print', Dark)).to.contain('light colors');
    expect(
      await fault('print', withStyle(css`@media print { .controls { display: block !important; } }`)),
    ).to.contain('controls on paper');
    expect(
      await fault(
        'print',
        withStyle(
          css`@media print { .waiting, .waiting > * { display: block !important; visibility: visible !important; } }`,
        ),
      ),
    ).to.contain('waiting on paper');
  });

  it('“largeFont” fails text that a fixed height clips', async () => {
    const Clips = withStyle(
      css`.readout { font-size: 1rem; line-height: 1.1; height: 18px; min-height: 0; overflow: hidden; }`,
    );
    expect(await fault('largeFont', Clips)).to.contain('.figure');
  });

  it('“accessible” fails what axe finds', async () => {
    expect(
      await fault(
        'accessible',
        withMore(() => html`<button></button>`),
      ),
    ).to.contain('button-name');
  });

  it('“retry” fails an element that keeps silent, and one that offers nothing', async () => {
    const Silent = class extends Sound {
      protected override renderWaiting(): unknown {
        return html`<div class="waiting">Waiting</div>`;
      }
    };
    expect(await fault('retry', Silent)).to.contain('the sentence');
    const Final = class extends Sound {
      protected override get retry(): undefined {
        return undefined;
      }
    };
    expect(await fault('retry', Final)).to.contain('tries again');
  });

  it('“shortcuts” fails an element that keeps Alt+← for itself', async () => {
    const Swallows = withMore(
      () => html`<div tabindex="0" @keydown=${(event: Event) => event.preventDefault()}>row</div>`,
    );
    expect(await fault('shortcuts', Swallows)).to.contain('swallows altKey with ArrowLeft');
  });

  it('“offScreen” fails an element that works where nobody sees it', async () => {
    const Works = class extends Sound {
      #watch?: {stop(): void};
      override connectedCallback(): void {
        super.connectedCallback();
        const model = getModel('contract-model')!;
        this.#watch = watchModel(
          model,
          () => model.weights(['wte.weight']),
          {},
          () => {},
        );
      }
      override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.#watch?.stop();
      }
    };
    expect(await fault('offScreen', Works)).to.contain('before anyone scrolled');
  });

  it('“disconnect” fails a listener, an interval, an observer and a watch that stay', async () => {
    const Holds = class extends Sound {
      readonly timers: unknown[] = [];
      override connectedCallback(): void {
        super.connectedCallback();
        document.addEventListener('scroll', () => {});
        this.timers.push(setInterval(() => {}, 1000));
        new ResizeObserver(() => {}).observe(this);
        const model = getModel('contract-model')!;
        watchModel(
          model,
          () => model.weights(['wte.weight']),
          {},
          () => {},
        );
      }
    };
    const found = await fault('disconnect', Holds);
    for (const held of ['scroll on', 'intervals', 'ResizeObserver', 'gpt-weights'])
      expect(found).to.contain(held);
  });

  it('has at most three exemptions, each with a reason', () => {
    const reasons = Object.values(EXEMPT).flatMap((checks) => Object.values(checks));
    expect(reasons.length).to.be.at.most(3);
    for (const reason of [...reasons, ...Object.values(AWAITING).flatMap((checks) => Object.values(checks))])
      expect(reason.length).to.be.greaterThan(10);
  });
});
