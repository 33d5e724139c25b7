import {expect, fixture, html} from '@open-wc/testing';
import {LitElement} from 'lit';
import {property} from 'lit/decorators.js';
import {until} from '../testing/until.js';
import {Loaded} from './loaded.js';

/** Loads the length of its text when a test says so. */
class LoadedHost extends LitElement {
  @property() accessor text = '';

  readonly signals: AbortSignal[] = [];
  readonly calls: {text: string; answer: (length: number) => void; fail: (message: string) => void}[] = [];
  readonly loaded = new Loaded<{text: string}, number>(this, {
    request: () => (this.text ? {text: this.text} : undefined),
    load: ({text}, signal) =>
      new Promise((resolve, reject) => {
        this.signals.push(signal);
        this.calls.push({text, answer: resolve, fail: (message) => reject(new Error(message))});
      }),
  });

  protected override render(): unknown {
    return html`${this.loaded.data} ${this.loaded.error}`;
  }
}
customElements.define('loaded-host', LoadedHost);

async function setUp() {
  const host = await fixture<LoadedHost>(html`<loaded-host text="abc" style="display: block"></loaded-host>`);
  await until(() => host.calls.length === 1, 'the first load');
  const settled = async (condition: () => boolean, what: string) => {
    await until(condition, what);
    await host.updateComplete;
  };
  return {host, loaded: host.loaded, settled};
}

describe('Loaded', () => {
  it('loads again when the request changes, and aborts the previous load', async () => {
    const {host, loaded, settled} = await setUp();
    host.text = 'four';
    await host.updateComplete;
    expect(host.calls.map(({text}) => text)).to.deep.equal(['abc', 'four']);
    expect(host.signals.map(({aborted}) => aborted)).to.deep.equal([true, false]);
    host.calls[1]!.answer(4);
    host.calls[0]!.answer(3); // late: ignored
    await settled(() => loaded.current === 4, 'the data');
    host.requestUpdate();
    await host.updateComplete;
    expect(host.calls, 'the same request').to.have.lengthOf(2);
  });

  it('keeps the last good data while it loads and when loading fails, and retries', async () => {
    const {host, loaded, settled} = await setUp();
    host.calls[0]!.answer(3);
    await settled(() => loaded.data === 3, 'the data');
    host.text = 'four';
    await host.updateComplete;
    expect([loaded.loading, loaded.data, loaded.current]).to.deep.equal([true, 3, undefined]);
    host.calls[1]!.fail('No network. Try again.');
    await settled(() => loaded.error === 'No network. Try again.', 'the error');
    expect([loaded.loading, loaded.data, loaded.current]).to.deep.equal([false, 3, undefined]);
    loaded.retry();
    await host.updateComplete;
    expect(loaded.error).to.equal(undefined);
    host.calls[2]!.answer(4);
    await settled(() => loaded.current === 4, 'the new data');
  });

  it('stops when it is canceled, until the request changes', async () => {
    const {host, loaded} = await setUp();
    loaded.cancel('Canceled.');
    await host.updateComplete;
    expect([loaded.loading, loaded.error, host.signals[0]!.aborted]).to.deep.equal([
      false,
      'Canceled.',
      true,
    ]);
    expect(host.calls).to.have.lengthOf(1);
    host.text = 'four';
    await host.updateComplete;
    expect(host.calls).to.have.lengthOf(2);
  });

  it('stops when its host leaves the page, and loads again when it comes back', async () => {
    const {host, settled} = await setUp();
    const parent = host.parentElement!;
    host.remove();
    expect(host.signals[0]!.aborted).to.equal(true);
    parent.append(host);
    await settled(() => host.calls.length === 2, 'the second load');
  });

  it('loads nothing while its host is off-screen', async () => {
    const parent = await fixture(html`<div>
      <loaded-host text="on" style="display: block; height: 10px"></loaded-host>
      <loaded-host text="off" style="display: block; margin-top: 9000px"></loaded-host>
    </div>`);
    const [on, off] = [...parent.querySelectorAll<LoadedHost>('loaded-host')];
    await until(() => on!.calls.length === 1, 'the load of the visible host'); // both were observed by then
    expect([off!.loaded.visible, off!.calls.length]).to.deep.equal([false, 0]);
    off!.scrollIntoView();
    await until(() => off!.calls.length === 1, 'the load after scrolling');
  });
});
