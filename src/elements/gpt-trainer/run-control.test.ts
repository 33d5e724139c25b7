import {expect} from '@open-wc/testing';
import type {LiveModel} from '../../state/index.js';
import {RunControl} from './run-control.js';

const modelThat = (pause: () => Promise<void>) => ({name: 'fake', spec: {}, pause}) as unknown as LiveModel;

describe('RunControl', () => {
  it('neither waits for a request to the former model nor shows its failure', async () => {
    const control = new RunControl({attributes: {}, requestUpdate: () => {}, onAction: () => {}});
    let fail = (_: Error): void => {};
    control.follow(modelThat(() => new Promise((_, reject) => (fail = reject))));
    const asked = control.pause();
    expect(control.pending).to.equal('pause');
    control.follow(modelThat(async () => {}));
    expect(control.pending).to.equal(undefined);
    fail(new Error('The model was closed.'));
    await asked;
    expect(control.problem).to.equal(undefined);
  });
});
