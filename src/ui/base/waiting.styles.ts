import {css} from 'lit';

/** For `renderWaiting`; each element says in `--_room` how high its drawing will be. */
export const waitingStyles = css`
  .waiting {
    display: grid;
    place-content: center;
    gap: 0.75em;
    justify-items: center;
    min-height: var(--_room, 24em);
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .waiting[role='alert'] {
    min-height: 9em;
    color: var(--_text);
  }
  .waiting progress {
    width: 12em;
    accent-color: var(--_accent);
  }
`;
