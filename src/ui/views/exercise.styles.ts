import {css} from 'lit';

/** For `ExerciseController`. */
export const exerciseStyles = css`
  .exercise {
    margin-block: 0.75em;
    padding-inline-start: 1em;
    border-inline-start: 3px solid var(--_accent);
  }
  .exercise p {
    margin: 0 0 0.5em;
    max-width: 62ch;
  }
  .exercise .options {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-bottom: 0.5em;
    font-size: 0.9375em;
  }
  .exercise button[aria-disabled='true']:not(.primary) {
    opacity: 1;
    cursor: default;
  }
  .exercise .right {
    border: 2px solid var(--_value);
    font-weight: 600;
  }
  .exercise .wrong {
    border-style: dashed;
  }
  .exercise .because {
    min-height: 1.5em;
    font-size: 0.9375em;
    color: var(--_muted);
  }
`;
