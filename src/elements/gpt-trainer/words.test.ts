import {expect} from '@open-wc/testing';
import {learning, rate, shareOfWay, speed, timeLeft, when} from './words.js';

describe('the trainer’s words', () => {
  it('says the time left coarsely, so that it stands still', () => {
    expect(timeLeft(2)).to.equal('a few seconds left');
    expect(timeLeft(21)).to.equal('about 25 seconds left');
    expect(timeLeft(24.9)).to.equal('about 25 seconds left');
    expect(timeLeft(70)).to.equal('about a minute left');
    expect(timeLeft(200)).to.equal('about 3 minutes left');
    expect(timeLeft(9000)).to.equal('about 2.5 hours left');
    expect(timeLeft(Number.POSITIVE_INFINITY)).to.equal('');
  });

  it('measures the way from guessing to the floor', () => {
    expect(shareOfWay(Math.log(40), 40, 0.5)).to.equal(0);
    expect(shareOfWay(0.5, 40, 0.5)).to.equal(1);
    expect(shareOfWay((Math.log(40) + 0.5) / 2, 40, 0.5)).to.be.closeTo(0.5, 1e-12);
    const half = learning((Math.log(40) + 0.5) / 2, 40, 0.5);
    expect(half).to.contain('50 % of the way').and.to.contain('among 8.1 equally likely');
    expect(learning(Math.log(40), 40, 0.5)).to.contain('it guesses');
    expect(learning(1, 40)).to.contain('at first it was 40');
  });

  it('rounds what flickers', () => {
    expect(speed(21_437)).to.equal('21,400');
    expect(rate(0.00401)).to.equal('0.004');
  });

  it('tells today from other days', () => {
    const now = new Date(2026, 4, 3, 15, 0);
    expect(when(new Date(2026, 4, 3, 14, 5).getTime(), now)).to.equal('today at 14:05');
    expect(when(new Date(2026, 4, 1, 9, 30).getTime(), now)).to.equal('on 1 May at 09:30');
  });
});
