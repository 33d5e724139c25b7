// The files of a new element.

const classOf = (tag) =>
  tag
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
const titleOf = (tag) => tag[0].toUpperCase() + tag.slice(1).replaceAll('-', ' ');

const element = (tag, group) => `import {html, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {styles} from './${tag}.styles.js';

interface ${classOf(tag)}Data {
  tokens: readonly string[];
  /** [T]: the length of each token's vector. */
  lengths: readonly number[];
  /** The training step that the numbers are from; absent for given data. */
  step?: number;
}

/**
 * How long the vector is with which each token enters the first block.
 *
 * Shows \`lengths\` set as a property, else those of a model (\`for\`, an ancestor \`<gpt-model>\`, the page's default model).
 *
 * @summary The length of each token's vector.
 * @group ${group}
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart readout - The line that says what is notable.
 * @csspart footer - Facts, code, export and embed.
 */
export class ${classOf(tag)} extends TextElement<${classOf(tag)}Data> {
  static override styles = [...TextElement.styles, styles];
  static override lead = 'How long is the vector of each token?';
  static override textField = {maxTokens: 10, empty: 'Type a text to see the vectors of its tokens.'};

  /** \`[T]\`: a number for each token. With these, no model is asked. */
  @property({attribute: false}) accessor lengths: readonly number[] | undefined;
  /** The tokens that \`lengths\` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];

  protected override dataFromProperties(): ${classOf(tag)}Data | undefined {
    const {lengths, tokens} = this;
    if (lengths && lengths.length !== tokens.length)
      throw new Error(\`There are \${tokens.length} tokens and \${lengths.length} lengths: give one for each token.\`);
    return lengths && {tokens, lengths};
  }

  protected override async load(model: LiveModel, {ids}: ShownText, signal: AbortSignal): Promise<${classOf(tag)}Data> {
    const {data, shape} = (await model.trace({ids, want: ['embed'], signal})).embed!; // [T, C]
    const width = shape.at(-1)!;
    const lengths = ids.map((_, i) => Math.hypot(...data.subarray(i * width, (i + 1) * width)));
    return {tokens: ids.map((id) => model.tokenizer!.token(id)), lengths, step: model.step};
  }

  protected override renderData({tokens, lengths}: ${classOf(tag)}Data): TemplateResult {
    const longest = lengths.indexOf(Math.max(...lengths));
    return html\`
      <table>
        <thead>
          <tr>
            <th scope="col">token</th>
            <th scope="col">length</th>
          </tr>
        </thead>
        <tbody>
          \${tokens.map(
            (token, i) => html\`<tr>
              <th scope="row">\${visibleToken(token)}</th>
              <td class="number">\${decimals(lengths[i]!, 3)}</td>
            </tr>\`,
          )}
        </tbody>
      </table>
      <p class="readout" part="readout">The longest vector is that of \${visibleToken(tokens[longest] ?? '')}.</p>
    \`;
  }

  protected override footer(data = this.data): FooterOptions {
    return {
      snippet: 'embedding',
      table: data && (() => [['token', 'length'], ...data.tokens.map((token, i) => [token, data.lengths[i]!])]),
    };
  }
}

define('${tag}', ${classOf(tag)});

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${classOf(tag)};
  }
}
`;

const styles = () => `import {css} from 'lit';

export const styles = css\`
  table {
    direction: ltr;
    border-collapse: collapse;
    font-size: 0.875em;
  }
  th,
  td {
    padding: 0.25em 1em 0.25em 0;
    text-align: start;
    font-weight: 400;
  }
  tbody th {
    font-family: var(--_mono);
    white-space: pre;
  }
\`;
`;

const harness = (tag) => `import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {${classOf(tag)}} from './${tag}.js';

/** What a reader can do with \`<${tag}>\` and see of it: for tests and stories. */
export class ${classOf(tag)}Harness extends ElementHarness<${classOf(tag)}> {}
`;

const test = (tag) => `import {expect, fixture, html} from '@open-wc/testing';
import './${tag}.js';
import {${classOf(tag)}Harness} from './${tag}.harness.js';
import type {${classOf(tag)}} from './${tag}.js';

describe('<${tag}>', () => {
  it('\`<${tag}>\` shows the numbers that the page gives', async () => {
    const element = await fixture<${classOf(tag)}>(
      html\`<${tag} .lengths=\${[1, 2.5]} .tokens=\${['a', ' b']}></${tag}>\`,
    );
    const harness = new ${classOf(tag)}Harness(element);
    await harness.drawn();
    expect(harness.rowTexts()).to.deep.equal([
      ['a', '1.000'],
      ['·b', '2.500'],
    ]);
    expect(harness.readout).to.equal('The longest vector is that of ·b.');
  });
});
`;

const contract = (tag) => `import {elementContract} from '../../ui/testing/element-contract.js';
import '../gpt-model/gpt-model.js';
import './${tag}.js';
import {${classOf(tag)}Harness} from './${tag}.harness.js';

elementContract({
  tag: '${tag}',
  harness: ${classOf(tag)}Harness,
  given: () => ({lengths: [1, 2.5, 2], tokens: ['a', 'b', 'c']}),
  models: ['ancestor', 'for', 'default'],
});
`;

const story = (tag) => `import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {${classOf(tag)}Harness} from '../src/elements/${tag}/${tag}.harness.js';
import '../src/elements/${tag}/${tag}.js';
import type {${classOf(tag)}} from '../src/elements/${tag}/${tag}.js';

const meta: Meta<${classOf(tag)}> = {
  title: 'Elements/${tag}',
  component: '${tag}',
  args: {lengths: [1, 2.5, 2], tokens: ['Mia', ' saw', ' it']},
  render: ({lengths, tokens}) => html\`<${tag} .lengths=\${lengths} .tokens=\${tokens}></${tag}>\`,
};
export default meta;

export const GivenData: StoryObj<${classOf(tag)}> = {
  play: async ({canvasElement}) => {
    const harness = new ${classOf(tag)}Harness(canvasElement.querySelector('${tag}')!);
    await harness.drawn();
    await expect(harness.readout).toContain('·saw');
  },
};
`;

export const files = (tag, group) => ({
  [`src/elements/${tag}/${tag}.ts`]: element(tag, group),
  [`src/elements/${tag}/${tag}.styles.ts`]: styles(),
  [`src/elements/${tag}/${tag}.harness.ts`]: harness(tag),
  [`src/elements/${tag}/${tag}.test.ts`]: test(tag),
  [`src/elements/${tag}/${tag}.contract.test.ts`]: contract(tag),
  [`stories/${tag}.stories.ts`]: story(tag),
});

export const chapterSection = (tag) => `
## ${titleOf(tag)}

<Live caption="What to look for.">
  <${tag}></${tag}>
</Live>
`;
