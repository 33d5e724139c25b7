import {expect} from '@open-wc/testing';
import {errorWords} from './error-words.js';

describe('errorWords', () => {
  it('replaces what browsers say about code that did not load, and keeps other messages', async () => {
    const address = '/missing.js';
    const own = await import(address).catch((error: Error) => error.message);
    for (const message of [
      own,
      'Failed to fetch dynamically imported module: https://example.org/a.js',
      'error loading dynamically imported module: https://example.org/a.js',
      'Importing a module script failed.',
    ])
      expect(errorWords(new TypeError(message)), message).to.contain('Check your connection');
    expect(errorWords(new Error('The text is empty.'))).to.equal('The text is empty.');
  });
});
