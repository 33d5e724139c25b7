import {expect} from '@open-wc/testing';
import {html} from 'lit';
import {failuresOf, must, wait} from '../../engine/testing/rounds.js';
import {buttonNamed} from '../testing/find-control.js';
import {steppedTime} from '../testing/stepped-time.js';
import {until} from '../testing/until.js';
import {words} from '../testing/words.js';
import {GptElement} from './gpt-element.js';

/** How long a message stays. */
const STAYS_MS = 4000;

/** An element whose footer says another sentence at each press of “CSV”. */
class Talking extends GptElement {
  #presses = 0;
  protected override renderBody() {
    return html`body`;
  }
  protected override footer() {
    return {
      table: () => {
        throw new Error(`${this.localName} ${this.id}, ${++this.#presses}`);
      },
    };
  }
}
customElements.define('test-talking', Talking);

describe('the messages of footers', () => {
  it('stay for four seconds each, however soon one follows another', async () => {
    const failures = await failuresOf(60, async (draw) => {
      const time = steppedTime(STAYS_MS);
      const elements = Array.from({length: 1 + draw(3)}, () => new Talking());
      try {
        for (const [i, element] of elements.entries()) element.id = `${i}`;
        document.body.append(...elements);
        /** What each footer has to say, and since when. */
        const said = elements.map(() => ({text: '', at: 0, presses: 0}));
        const footer = (i: number) => words(elements[i]!.shadowRoot!.querySelector('[role="status"]'));
        for (let n = 0; n < 8; n++) {
          const i = draw(elements.length);
          const [element, own] = [elements[i]!, said[i]!];
          await element.updateComplete;
          if (draw(6) === 0) {
            element.remove();
            document.body.append(element);
            own.text = '';
          } else {
            own.text = `test-talking ${i}, ${++own.presses}`;
            own.at = time.now;
            buttonNamed(element.shadowRoot!.querySelectorAll('button'), 'CSV').click();
            for (let looks = 0; footer(i) !== own.text && looks < 100; looks++) await wait(0);
          }
          time.pass(draw(3) ? draw(STAYS_MS) : draw(2 * STAYS_MS));
          for (const [j, {text, at}] of said.entries()) {
            await elements[j]!.updateComplete;
            const expected = time.now - at < STAYS_MS ? text : '';
            must(footer(j) === expected, `${time.now - at} ms on there is “${footer(j)}”, not “${expected}”`);
          }
        }
      } finally {
        time.restore();
        for (const element of elements) element.remove();
      }
    });
    expect(failures).to.deep.equal([]);
  });

  it('hold the HTML in a field where the browser does not allow copying', async () => {
    const element = new Talking();
    element.id = 'mine';
    element.setAttribute('recorded', '/first-state.json');
    element.setAttribute('mode', 'dark');
    document.body.append(element);
    const {clipboard} = navigator;
    Object.defineProperty(navigator, 'clipboard', {configurable: true, value: undefined});
    try {
      await element.updateComplete;
      buttonNamed(element.shadowRoot!.querySelectorAll('button'), 'Embed').click();
      const field = () => element.shadowRoot!.querySelector('textarea');
      await until(
        () => field() !== null,
        () => 'the field',
      );
      expect(field()!.value).to.contain('<test-talking mode="dark"></test-talking>');
      expect(words(field()!.parentElement)).to.contain('did not allow copying');
    } finally {
      Object.defineProperty(navigator, 'clipboard', {configurable: true, value: clipboard});
      element.remove();
    }
  });
});
