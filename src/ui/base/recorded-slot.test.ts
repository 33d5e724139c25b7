import {expect, fixture, html} from '@open-wc/testing';
import type {TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {define} from './define.js';
import {GptElement} from './gpt-element.js';

class RecordedProbe extends GptElement {
  static override lead = 'Own lead.';
  @property({type: Boolean}) accessor waiting = false;

  protected override get isWaiting(): boolean {
    return this.waiting;
  }

  protected override renderBody(): TemplateResult {
    return html`<output>live</output>`;
  }
}
define('recorded-probe', RecordedProbe);

const slotsOf = ({shadowRoot}: Element): string[] =>
  [...shadowRoot!.querySelectorAll('slot')].map(({name}) => name);
const isLive = ({shadowRoot}: Element): boolean => shadowRoot!.querySelector('output') !== null;

describe('An element with a recording', () => {
  it('shows the recording alone while it waits, and itself afterwards', async () => {
    const element = await fixture<RecordedProbe>(
      html`<recorded-probe waiting><p slot="recorded">A picture</p></recorded-probe>`,
    );
    expect(slotsOf(element)).to.deep.equal(['recorded']);
    expect(isLive(element)).to.equal(false);
    element.waiting = false;
    await element.updateComplete;
    expect(isLive(element)).to.equal(true);
    expect(slotsOf(element)).to.deep.equal(['lead']);
  });

  it('keeps the lead that the page gives it above the recording', async () => {
    const element = await fixture<RecordedProbe>(
      html`<recorded-probe waiting><span slot="lead">What is this?</span><p slot="recorded">A picture</p></recorded-probe>`,
    );
    expect(slotsOf(element)).to.deep.equal(['lead', 'recorded']);
  });

  it('does not go back to the recording when it waits again', async () => {
    const element = await fixture<RecordedProbe>(
      html`<recorded-probe><p slot="recorded">A picture</p></recorded-probe>`,
    );
    element.waiting = true;
    await element.updateComplete;
    expect(isLive(element)).to.equal(true);
  });

  it('shows itself from the start where nothing is recorded', async () => {
    const element = await fixture<RecordedProbe>(html`<recorded-probe waiting></recorded-probe>`);
    expect(isLive(element)).to.equal(true);
  });
});
