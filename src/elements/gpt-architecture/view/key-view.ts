import {html} from 'lit';

/** What colors and thickness mean. */
export const KEY = html`<p class="key" part="key"><span><i class="swatch share"></i>shares: attention weights and probabilities</span>
  <span><i class="swatch positive"></i><i class="swatch negative"></i>positive and negative numbers</span>
  <span><i class="swatch stream"></i>residual stream: one vector per token, passed on; at each ⊕ a part adds to it</span></p>`;
