import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import {SpecialTokensHarness} from '../src/elements/special-tokens/special-tokens.harness.js';
import '../src/elements/special-tokens/special-tokens.js';
import type {SpecialTokens} from '../src/elements/special-tokens/special-tokens.js';

const meta: Meta<SpecialTokens> = {
  title: 'Elements/special-tokens',
  component: 'special-tokens',
  args: {refuseSpecial: false},
  render: (args) => html`<special-tokens
    first=${ifDefined(args.first)}
    second=${ifDefined(args.second)}
    sentence=${ifDefined(args.sentence)}
    ?refuse-special=${args.refuseSpecial}
    ?without-controls=${args.withoutControls}
    ?without-documents=${args.withoutDocuments}
    ?without-unknown=${args.withoutUnknown}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></special-tokens>`,
};
export default meta;
type Story = StoryObj<SpecialTokens>;

async function ready(canvasElement: HTMLElement): Promise<SpecialTokensHarness> {
  const harness = new SpecialTokensHarness(canvasElement.querySelector('special-tokens')!);
  await harness.drawn();
  return harness;
}

/** Compares a text whose special tokens are allowed with one where they are not. */
export const AllowedAndRefused: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.row(0).ids).toContain(50256);
    await harness.refuse(true);
    await expect(harness.row(0).ids).not.toContain(50256);
  },
};

/** Shows words that occur in neither document. */
export const UnknownWords: Story = {
  args: {withoutDocuments: true, sentence: 'The zeppelin landed in the park.'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.back[0]).toBe('The <|unk|> <|unk|> in the park.');
    await expect(harness.back[1]).toBe('The zeppelin landed in the park.');
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await ready(canvasElement);
  },
};
