import {readTheme, type Theme} from '../../viz/theme.js';

/** What an element of HTML, which follows its page by itself, needs to know for a picture. */
export const surroundings = {
  /** The colors as they apply to the element now. */
  theme: (host: HTMLElement): Theme => readTheme(host),

  /** The element's inner width, in CSS pixels. */
  width(host: HTMLElement): number {
    const {paddingLeft, paddingRight} = getComputedStyle(host);
    return host.clientWidth - (Number.parseFloat(paddingLeft) || 0) - (Number.parseFloat(paddingRight) || 0);
  },
};
