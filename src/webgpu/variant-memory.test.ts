import {expect} from '@open-wc/testing';
import {StoredVariants} from './variant-memory.js';

describe('stored variants', () => {
  it('outlive the page that measured them', async () => {
    const database = 'gpt-elements-variants-test';
    const first = new StoredVariants(database);
    expect(await first.get('a card | 128 4 64 512')).equal(undefined);
    await first.set('a card | 128 4 64 512', 'quads');
    expect(await new StoredVariants(database).get('a card | 128 4 64 512')).equal('quads');
    indexedDB.deleteDatabase(database);
  });
});
