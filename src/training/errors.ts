/** What can go wrong in a run, in sentences for the reader. */

/** A loss or gradient that is not finite. The step was not applied: the weights are those of the last good step. */
export class NumericError extends Error {
  override name = 'NumericError';

  constructor(
    /** The step that failed, from 1. */
    readonly step: number,
    /** Mean loss of the step's batch, nats. */
    readonly loss: number,
    /** Global norm of the gradient before clipping. */
    readonly gradientNorm: number,
  ) {
    super(
      `Step ${step} was not applied: ${notFinite(loss, gradientNorm)}. The weights are those of step ${step - 1}. ` +
        'The learning rate is probably too high: lower it, or switch gradient clipping on, and train again.',
    );
  }
}

/** Names the value that is not finite, and where it comes from. */
function notFinite(loss: number, gradientNorm: number): string {
  if (Number.isFinite(loss))
    return (
      `the norm of its gradient is ${gradientNorm} (its loss is ${loss.toPrecision(3)}), which means that the gradient has values ` +
      'too large for 32-bit numbers'
    );
  return `its loss is ${loss}, which means that values in the forward pass became too large for 32-bit numbers`;
}

/** There is nothing to train on: less text than one window of context, or texts that make no task. */
export class SessionError extends Error {
  override name = 'SessionError';
}

/** A step was begun while another was being submitted, or discarded because its weights were replaced or freed. */
export class StepError extends Error {
  override name = 'StepError';
}
