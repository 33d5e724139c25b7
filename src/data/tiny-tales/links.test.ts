import {expect} from '@open-wc/testing';
import {taleLinks} from './links.js';

const tokens = (text: string) => text.match(/ ?[A-Za-z]+|[^A-Za-z ]+/g)!;

describe('the links of a tale', () => {
  it('lead from where a choice is made to the words that settle it', () => {
    const tale = tokens('Mia saw a big red kite. She hid the kite. Tom ran up. "Bye," said Mia.');
    const words = tale.map((token) => token.trim());
    const links = taleLinks(tale);
    const read = (name: keyof typeof links) =>
      links[name].map(
        ({query, keys}) => `${words[query]}|${words[query + 1]}: ${keys.map((key) => words[key])}`,
      );
    expect(read('pronoun')).to.deep.equal(['.|She: Mia']);
    expect(read('thing')).to.deep.equal(['the|kite: kite']);
    expect(read('name')).to.deep.equal(['said|Mia: Mia,Tom']);
  });

  it('look back only, and lead from a pronoun to the hero and to the pronouns so far', () => {
    const links = taleLinks(tokens('Tom met Ann. He gave him it. Tom'));
    expect(links.pronoun.map(({keys}) => keys)).to.deep.equal([[0], [0, 4]]);
    for (const {query, keys} of Object.values(links).flat())
      expect(keys.every((key) => key <= query)).to.equal(true);
  });

  it('take no pronoun for one that it cannot be', () => {
    expect(taleLinks(tokens('Tom met Ann. She ran.')).pronoun).to.deep.equal([]);
    expect(taleLinks(tokens('The cat sat. She ran.')).pronoun).to.deep.equal([]);
  });

  it('find nothing in words that are in pieces, or in no tale', () => {
    expect(taleLinks([...'Mia saw it. She'])).to.deep.equal({pronoun: [], name: [], thing: []});
    expect(taleLinks([])).to.deep.equal({pronoun: [], name: [], thing: []});
  });
});
