import {expect} from '@open-wc/testing';
import {savedFile} from '../../../ui/testing/saved-file.js';
import {setUp} from '../testing/set-up.js';

/** The words of a saved picture. */
async function wordsOf(file: Blob): Promise<string[]> {
  const svg = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
  expect(svg.querySelector('parsererror')).to.equal(null);
  return [...svg.querySelectorAll('text')].map(({textContent}) => textContent!);
}

describe('the diagrams of <gpt-architecture>', () => {
  it('are shown on request, with the model’s own sizes and values, and saved as SVG and PNG', async () => {
    const {element, harness} = await setUp();
    expect(harness.has('.diagrams')).to.equal(false);
    await harness.press('Diagrams');
    await harness.until(() => harness.has('.diagrams svg'), 'the diagrams');
    const whole = await savedFile(harness.root, 'Architecture as SVG');
    expect(whole.name).to.equal('gpt-architecture-complete.svg');
    expect(await wordsOf(whole.content)).to.include.members([
      'GPT: 1 block of 2 heads',
      'Mia saw a',
      'wte [V, C] = [8, 4]',
      '[T, C] = [3, 4]',
      'Transformer block × 1',
      'Masked multi-head attention',
      '4 → 16, GELU, → 4',
      '·kite 75 %   ·drum 25 %',
    ]);
    const heads = await savedFile(harness.root, 'Attention as SVG');
    expect(heads.name).to.equal('gpt-architecture-attention.svg');
    const words = await wordsOf(heads.content);
    expect(words).to.include.members([
      'Multi-head attention: block 1, 2 heads',
      'head 1',
      'head 2',
      'weights · values: [3, 2]',
    ]);
    expect(words.filter((text) => text.startsWith('·a reads '))).to.have.length(2);
    const {name, content} = await savedFile(harness.root, 'Attention as PNG');
    expect([name, content.type]).to.deep.equal(['gpt-architecture-attention.png', 'image/png']);
    await harness.until(
      () => harness.words('.note[role="status"]') === 'Saved gpt-architecture-attention.png.',
      'the news',
    );
    await expect(element).to.be.accessible();
    await harness.press('Diagrams');
    await harness.until(() => !harness.has('.diagrams'), 'the page without diagrams');
  });
});
