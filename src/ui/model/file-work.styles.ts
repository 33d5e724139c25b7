import {css} from 'lit';

/** Of what `FileWork` renders. */
export const fileWorkStyles = css`
  .work {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1em;
    align-items: center;
    min-height: 2.75em;
    font-size: 0.875em;
  }
  .work .message {
    overflow-wrap: anywhere;
  }
  .work progress {
    flex: 1 1 8em;
    max-width: 24em;
    accent-color: var(--_accent);
  }
`;
