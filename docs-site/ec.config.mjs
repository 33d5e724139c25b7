// How code blocks look. In a file of its own because the component <Code> reads it too.
import {defineEcConfig} from '@astrojs/starlight/expressive-code';

/** A block that scrolls becomes a region of the page, and regions need names that tell them apart. */
const namedBlocks = {
  name: 'named-blocks',
  hooks: {
    postprocessRenderedBlock({codeBlock, renderData}) {
      const [firstLine] = codeBlock.code.trim().split('\n');
      const visit = (node) => {
        if (node.tagName === 'pre') node.properties.ariaLabel = `Code: ${firstLine}`;
        node.children?.forEach(visit);
      };
      visit(renderData.blockAst);
    },
  },
};

export default defineEcConfig({
  plugins: [namedBlocks],
  themes: ['github-light', 'github-dark'],
  minSyntaxHighlightingColorContrast: 5.5,
  styleOverrides: {
    borderColor: 'var(--hairline)',
    borderRadius: '2px',
    borderWidth: '1px',
    codeBackground: 'var(--tint)',
    codeFontFamily: 'var(--mono)',
    codeFontSize: '0.8125rem',
    codeLineHeight: '1.6',
    uiFontFamily: 'var(--sans)',
    frames: {frameBoxShadowCssValue: 'none'},
  },
});
