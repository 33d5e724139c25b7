import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import manifest from '../custom-elements.json';
import {discover, TAGS} from './autoloader.js';

const elementTags = manifest.modules.flatMap(({declarations}) =>
  (declarations as {tagName?: string}[]).flatMap(({tagName}) => tagName ?? []),
);

/** The first request for an element has the server compile it. */
const LOADING = {timeout: 15_000};

describe('autoloader', () => {
  it('knows every element of the manifest', () => {
    expect([...TAGS].sort()).to.deep.equal(elementTags.sort());
  });

  it('loads an element when its tag comes into the page, and no other', async () => {
    expect(customElements.get('loss-chart')).to.equal(undefined);
    await fixture(html`<div><loss-chart></loss-chart></div>`);
    await waitUntil(() => customElements.get('loss-chart'), 'loss-chart was not registered', LOADING);
    expect(customElements.get('attention-matrix')).to.equal(undefined);
  });

  it('finds elements in a shadow root that it is shown', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    const root = host.attachShadow({mode: 'open'});
    root.innerHTML = '<attention-matrix></attention-matrix>';
    discover(root);
    await waitUntil(
      () => customElements.get('attention-matrix'),
      'attention-matrix was not registered',
      LOADING,
    );
  });
});
