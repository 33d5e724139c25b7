import {shorten} from '../../math/shorten.js';
import {ConfigError} from '../../model/config.js';
import {checkTraining, DEFAULT_TRAINING, type TrainingOptions} from '../../training/options.js';

/**
 * Settings in part, on top of those in force.
 * @throws {ConfigError} on a name that is none, or a number that makes no run
 */
export function mergeTraining(base: TrainingOptions, changes: Partial<TrainingOptions>): TrainingOptions {
  const merged = {...DEFAULT_TRAINING, ...base}; // a run that was saved by an older release knows fewer
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(DEFAULT_TRAINING, name))
      throw new ConfigError(
        `“${shorten(name)}” is not a training setting. Known: ${Object.keys(DEFAULT_TRAINING).join(', ')}.`,
      );
    if (value !== undefined) Object.assign(merged, {[name]: value});
  }
  checkTraining(merged);
  return merged;
}
