/** Files of weights that are not read here, each with a sentence on how to convert it. */
import {shorten} from '../math/shorten.js';

const SAVE = 'model.save_pretrained(folder, safe_serialization=True)';

const FORMATS: readonly [extension: RegExp, kind: string, convert: string][] = [
  [
    /\.(bin|pt|pth)$/i,
    'a PyTorch file, which can run code when it is opened',
    `Load the model in Python with GPT2LMHeadModel.from_pretrained(folder) and save it with ${SAVE}, then load that folder`,
  ],
  [
    /\.ckpt(\.(index|meta|data-\d+-of-\d+))?$/i,
    'a checkpoint of TensorFlow or Lightning',
    `Load it in Python with the library that wrote it, copy its weights into a GPT2LMHeadModel and save that with ${SAVE}`,
  ],
  [
    /\.gguf$/i,
    'a GGUF file, whose weights are usually quantized',
    `Convert it in Python: GPT2LMHeadModel.from_pretrained(folder, gguf_file="name.gguf"), then ${SAVE}`,
  ],
  [
    /\.(h5|msgpack|onnx|npz|pkl)$/i,
    'a format that is not read here',
    `Load the model in Python with GPT2LMHeadModel.from_pretrained(folder) and save it with ${SAVE}`,
  ],
];

/** Returns a sentence on how to convert the first file of a known other format; undefined where there is none. */
export function conversionAdvice(paths: Iterable<string>): string | undefined {
  for (const path of paths)
    for (const [extension, kind, convert] of FORMATS)
      if (extension.test(path)) return `“${shorten(path)}” is ${kind}. ${convert}.`;
  return undefined;
}
