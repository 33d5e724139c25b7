import {expect} from '@open-wc/testing';
import {Pointing} from './pointing.js';

const at = (screenX: number, pointerType = 'mouse') =>
  new PointerEvent('pointermove', {screenX, screenY: 5, pointerType});
const press = (key: string) => new KeyboardEvent('keydown', {key});

describe('Pointing', () => {
  it('tells what the mouse points at, until a key is pressed and the mouse rests; then again when it moves', () => {
    let part: string | undefined;
    const pointing = new Pointing((one) => (part = one));
    pointing.at(at(1), 'h.0.mlp');
    expect(part).to.equal('h.0.mlp');
    pointing.rest(press('ArrowDown'));
    expect(part).to.equal(undefined);
    pointing.at(at(1), 'h.1.mlp');
    expect(part, 'a part has moved below the mouse').to.equal(undefined);
    pointing.at(at(2), 'h.1.mlp');
    expect(part).to.equal('h.1.mlp');
    pointing.rest(press('Control'));
    expect(part, 'a key for the wheel').to.equal('h.1.mlp');
    pointing.leave();
    expect(part).to.equal(undefined);
  });

  it('ignores touches: they choose', () => {
    let part: string | undefined;
    new Pointing((one) => (part = one)).at(at(1, 'touch'), 'h.0.mlp');
    expect(part).to.equal(undefined);
  });
});
