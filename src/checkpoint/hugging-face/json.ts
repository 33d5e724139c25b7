import {withRemedy} from '../../math/remedy.js';
import {show} from '../../math/shorten.js';
import {HuggingFaceError} from './error.js';

/**
 * Reads a file whose content is one JSON object.
 * @throws {HuggingFaceError} where it is not
 */
export function parseJson(name: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw withRemedy(
      new HuggingFaceError(
        text.trim() === ''
          ? `This ${name} is empty.`
          : `This ${name} is not valid JSON: it was cut short or changed.`,
        {cause},
      ),
      'Get the file again from where the model comes from.',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HuggingFaceError(`This ${name} holds ${show(value)}, not an object. Is it another file?`);
  return value as Record<string, unknown>;
}
