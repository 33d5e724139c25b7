import {expect, fixture, html} from '@open-wc/testing';
import {render} from 'lit';
import {words} from '../../ui/testing/words.js';
import type {Messages} from './messages.js';
import {type ReportProps, renderReport} from './report-view.js';

const CLASSES = ['cat', 'dog', 'hen'];

/** 30 texts; every dog but the last is taken for a hen. */
const TEST = Array.from({length: 30}, (_, i) => ({text: `text ${i}`, label: i % 3}));
const MESSAGES: Messages = {
  name: 'pets.tsv',
  classes: CLASSES,
  train: TEST,
  validation: TEST,
  test: TEST,
  groups: [],
};
const PROBS = TEST.map(({label}, i) => {
  const called = label === 1 && i < 28 ? 2 : label;
  return CLASSES.map((_, k) => (k === called ? 0.6 : 0.2));
});

async function report(
  data: Pick<ReportProps, 'messages' | 'probs'> = {messages: MESSAGES, probs: PROBS},
): Promise<{place: HTMLElement; props: ReportProps}> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const props: ReportProps = {
    ...data,
    label: 1,
    threshold: 0.5,
    allErrors: false,
    change: (change) => {
      Object.assign(props, change);
      render(renderReport(props), place);
    },
  };
  props.change({});
  return {place, props};
}

describe('the report on three classes', () => {
  it('counts each class against each, by the likeliest class', async () => {
    const {place} = await report();
    const rows = [...place.querySelectorAll('.confusion tbody tr')];
    const counts = rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(words(cell))));
    expect(counts).to.deep.equal([
      [10, 0, 0],
      [0, 1, 9],
      [0, 0, 10],
    ]);
    const dog = place.querySelectorAll('.by-class tbody tr')[1]!;
    expect([...dog.children].map((cell) => words(cell))).to.deep.equal(['dog', '1.000', '0.100', '0.182']);
  });

  it('lists the first mistakes, and all of them on request', async () => {
    const {place} = await report();
    const items = () => [...place.querySelectorAll('.errors li')];
    expect(items()).to.have.length(8);
    expect(words(items()[0]!)).to.equal('text 1 is dog, called hen; P(hen) = 0.60');
    place.querySelector<HTMLButtonElement>('.errors button')!.click();
    expect(items()).to.have.length(9);
    place.querySelector<HTMLButtonElement>('.errors button')!.click();
    expect(items()).to.have.length(8);
  });

  it('sets a threshold for one class against the others', async () => {
    const {place, props} = await report();
    expect(words(place.querySelector('.readout')!)).to.include('Recall 0.100');
    const select = place.querySelector('select')!;
    select.selectedIndex = 2;
    select.dispatchEvent(new Event('change'));
    expect(props.label).to.equal(2);
    expect(words(place.querySelector('.readout')!)).to.include('Precision 0.526');
    expect(words(place.querySelector('figcaption')!)).to.include('others called hen');
  });
});

describe('the report on two classes', () => {
  it('says what its threshold is not for', async () => {
    const test = TEST.map(({text, label}) => ({text, label: Math.min(label, 1)}));
    const messages: Messages = {...MESSAGES, test, classes: ['ham', 'spam']};
    const {place} = await report({messages, probs: test.map(({label}) => [1 - label, label])});
    expect(words(place.querySelector('.readout')!)).to.include(
      'The table above and the answers to single messages stay at 0.50.',
    );
  });
});
