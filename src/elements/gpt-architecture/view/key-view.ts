import {html} from 'lit';

/** What colors and marks mean. */
export const KEY = html`<p class="key" part="key"><span><i class="swatch share"></i>share: of attention, of probability</span>
  <span><i class="swatch positive"></i><i class="swatch negative"></i>number above, below 0</span>
  <span><i class="swatch stream"></i>residual stream: a token’s numbers (thicker: larger)</span>
  <span>⊕ adds to it</span>
  <span><i class="swatch norm"></i>layer norm: brings them to one size</span>
  <span class="later"><i class="swatch future"></i>later tokens: hidden from attention</span></p>`;
