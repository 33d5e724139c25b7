/**
 * The design tokens. A page sets `--gpt-…` wherever it likes; inside the library only the private `--_…` names
 * are read, so that a default never overrides what the page said. `light-dark()` follows the page's color-scheme.
 */
import {css} from 'lit';

export const tokens = css`
  :host {
    /* what a color means is the same in every element, chapter and story */
    --_query: var(--gpt-query, light-dark(#0072b2, #5ab4e6));
    --_key: var(--gpt-key, light-dark(#c4500a, #f2985a));
    --_value: var(--gpt-value, light-dark(#00805c, #4cc9a3));
    --_attention: var(--gpt-attention, light-dark(#5b3f9e, #b9a3f0));
    --_residual: var(--gpt-residual, light-dark(#52606d, #a7b2bd));
    --_mlp: var(--gpt-mlp, light-dark(#9a6700, #e6b450));
    --_norm: var(--gpt-norm, light-dark(#1b7f94, #63c7d9));
    --_positive: var(--gpt-positive, light-dark(#b35806, #f6a04d));
    --_negative: var(--gpt-negative, light-dark(#01665e, #5ab4ac));
    --_floor: var(--gpt-floor, light-dark(#6a737c, #8b95a0));
    --_masked: var(--gpt-masked, light-dark(#c9cfd6, #3b424b));

    /* surfaces and type */
    --_text: var(--gpt-text, light-dark(#1c2126, #e6e9ec));
    /* the two losses borrow no meaning from queries and keys: solid, and dashed with round marks */
    --_train: var(--gpt-train, var(--_text));
    --_validation: var(--gpt-validation, var(--_text));
    --_muted: var(--gpt-muted, light-dark(#5a646e, #9aa5b0));
    --_background: var(--gpt-background, light-dark(#ffffff, #14171a));
    --_hairline: var(--gpt-hairline, light-dark(#dde1e6, #2e343b));
    /* a slider's track is a control: 3:1 against the background */
    --_range: var(--gpt-range, light-dark(#8a939c, #6b7580));
    --_hover: var(--gpt-hover, light-dark(#f2f4f6, #20252b));
    --_accent: var(--gpt-accent, light-dark(#1b1f23, #f0f2f4));
    --_on-accent: var(--gpt-on-accent, light-dark(#ffffff, #14171a));
    --_error: var(--gpt-error, light-dark(#b3261e, #ff8a80));
    --_focus: var(--gpt-focus, light-dark(#0072b2, #5ab4e6));
    --_mono: var(--gpt-mono, ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace);

    /* token chips: pale, cycling, in order of appearance */
    --_token-1: var(--gpt-token-1, light-dark(#dcebf7, #173548));
    --_token-2: var(--gpt-token-2, light-dark(#fbe6d6, #47290f));
    --_token-3: var(--gpt-token-3, light-dark(#d9f0e7, #0f3b2e));
    --_token-4: var(--gpt-token-4, light-dark(#e8e2f6, #31264f));
    --_token-5: var(--gpt-token-5, light-dark(#f7ecc9, #40330d));
    --_token-6: var(--gpt-token-6, light-dark(#d8eef2, #12383f));
    --_token-7: var(--gpt-token-7, light-dark(#f6dfe6, #4a1f2e));
    --_token-8: var(--gpt-token-8, light-dark(#e6e9ec, #2b3138));
  }
`;
