/** White space and comments in styles: a fifth of them. Minifiers leave template literals alone. */
export const tightStyles = {
  name: 'tight-styles',
  transform: {
    filter: {code: /css`/},
    handler: (code) =>
      code.replaceAll(/(?<=\bcss`)[^`$]*(?=`)/g, (css) =>
        css
          .replaceAll(/\/\*.*?\*\//gs, '')
          .replaceAll(/\s+/g, ' ')
          .replaceAll(/ ?([{};]) ?/g, '$1')
          .replaceAll(/([:,]) /g, '$1'),
      ),
  },
};
