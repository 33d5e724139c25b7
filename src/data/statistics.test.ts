import {expect} from '@open-wc/testing';
import {looksLikeHtml} from './looks-like-html.js';
import {textStatistics} from './statistics.js';
import {tinyTales} from './tiny-tales/index.js';

describe('textStatistics', () => {
  it('counts characters, words and lines', async () => {
    const {characters, words, lines, characterCounts, wordCounts} = await textStatistics(
      'Mia’s kite: don’t drop Mia’s kite!\nA well-made kite 🦕.',
    );
    expect([characters, words, lines]).to.deep.equal([54, 9, 2]);
    expect(wordCounts.slice(0, 3)).to.deep.equal([
      ['kite', 3],
      ['mia’s', 2],
      ['a', 1],
    ]);
    expect(characterCounts.slice(0, 3)).to.deep.equal([
      [' ', 8],
      ['e', 5],
      ['i', 5],
    ]);
    expect(characterCounts.find(([character]) => character === '🦕')).to.deep.equal(['🦕', 1]);
  });

  it('gives the same for a long text as for all of it at once, and lets the page have its turn', async () => {
    const {text} = tinyTales({stories: 1500});
    const {now} = performance;
    let time = 0;
    performance.now = () => (time += 20); // a slow machine: every part takes longer than a slice
    const {port1: others, port2: turn} = new MessageChannel();
    let turns = 0;
    others.onmessage = () => turn.postMessage(++turns);
    turn.postMessage(0);
    const {characters, words, characterCounts} = await textStatistics(text).finally(() => {
      performance.now = now;
      others.close();
    });
    expect(turns).to.be.above(2);
    expect(characters).to.equal(text.length);
    expect(words).to.equal(text.match(/[A-Za-z]+/g)!.length);
    const counted = characterCounts.reduce((sum, [, n]) => sum + n, 0);
    expect(counted).to.equal(text.length);
  });

  it('counts an empty text, and one without a single space', async () => {
    expect(await textStatistics('')).to.deep.include({characters: 0, words: 0, lines: 0});
    expect(await textStatistics('🦕'.repeat(40_000))).to.deep.include({
      characters: 40_000,
      words: 0,
      lines: 1,
    });
    expect(await textStatistics('a'.repeat(40_000))).to.deep.include({characters: 40_000, words: 1});
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    const counting = textStatistics(tinyTales({stories: 6000}).text, abort.signal);
    abort.abort();
    expect(await counting.catch((error: DOMException) => error.name)).to.equal('AbortError');
  });
});

describe('looksLikeHtml', () => {
  it('knows a page’s source from a text that mentions a tag', () => {
    expect(looksLikeHtml('<!DOCTYPE html><p>Hello')).to.equal(true);
    expect(looksLikeHtml('<p>One</p>\n<p>Two <b>three</b></p>')).to.equal(true);
    expect(looksLikeHtml('a < b and b > c, or <br> as they say in HTML. '.repeat(3))).to.equal(false);
    expect(looksLikeHtml(tinyTales({stories: 20}).text)).to.equal(false);
  });
});
