import {html} from 'lit';

/** What colors and thickness mean. */
export const KEY = html`<p class="key" part="key"><span><i class="swatch share"></i>purple: shares, of attention and of probability</span>
  <span><i class="swatch positive"></i><i class="swatch negative"></i>orange, green: numbers above and below 0</span>
  <span><i class="swatch stream"></i>gray: the residual stream, a token’s numbers on their way; each ⊕ adds to them</span></p>`;
