import {expect} from '@open-wc/testing';
import {html, render} from 'lit';
import {until} from '../testing/until.js';
import {fieldValue} from './field-value.js';
import {renderIndexPicker} from './index-picker.js';

describe('the fields of elements', () => {
  const place = document.createElement('div');
  beforeEach(() => document.body.append(place));
  afterEach(() => {
    render(html``, place);
    place.remove();
  });

  it('`renderIndexPicker` shows the index in force after the reader has chosen another', () => {
    const show = (chosen: number) => render(html`${renderIndexPicker('Layer', 3, chosen, () => {})}`, place);
    show(0);
    const select = place.querySelector('select')!;
    select.value = '1';
    select.dispatchEvent(new Event('change'));
    show(1);
    for (const chosen of [0, 2, 1]) {
      show(chosen);
      expect(select.value).to.equal(`${chosen}`);
    }
  });

  it('`renderIndexPicker` goes back to the index in force where the reader’s choice is refused', () => {
    const show = () => render(html`${renderIndexPicker('Layer', 3, 2, () => {})}`, place);
    show();
    const select = place.querySelector('select')!;
    select.value = '0';
    show();
    expect(select.value).to.equal('2');
  });

  const show = (value: number) => render(html`<input type="number" .value=${fieldValue(value)} />`, place);
  const typed = (text: string): HTMLInputElement => {
    const input = place.querySelector('input')!;
    input.value = text;
    input.dispatchEvent(new InputEvent('input'));
    return input;
  };

  it('`fieldValue` keeps what the reader is typing while the value changes', async () => {
    show(3);
    const input = typed('12');
    show(4);
    expect(input.value).to.equal('12');
    input.dispatchEvent(new Event('change'));
    show(12);
    await until(() => input.value === '12');
    show(13);
    await until(() => input.value === '13');
  });

  it('`fieldValue` shows the number in force where the reader’s was refused, also without another rendering', async () => {
    show(3);
    const input = typed('999');
    input.dispatchEvent(new Event('change'));
    await until(() => input.value === '3');
  });
});
