/** Folders that `transformers` has written (scripts/golden/hugging_face.py), with the logits that PyTorch computes from them. */
import {type ByteSource, bytesSource} from '../byte-source.js';
import golden from '../golden/hugging-face.json';
import type {OpenFolder} from '../hugging-face/open-folder.js';

export interface GoldenFolder {
  name: string;
  files: Map<string, ByteSource>;
  /** [B][T] */
  ids: number[][];
  /** [B, T, V] */
  logits: Float32Array;
  texts?: string[];
  textIds?: number[][];
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));

export const GOLDEN_FOLDERS: readonly GoldenFolder[] = golden.folders.map(({files, logits, ...rest}) => ({
  ...rest,
  logits: new Float32Array(fromBase64(logits).buffer),
  files: new Map(
    Object.entries(files as unknown as Record<string, string>).map(([name, base64]) => [
      name,
      bytesSource(fromBase64(base64)),
    ]),
  ),
}));

/** Reads all weights of a folder, by the model's names. */
export async function weightsOf(folder: OpenFolder): Promise<Map<string, Float32Array>> {
  const weights = new Map<string, Float32Array>();
  for await (const {model, data} of folder.weights()) if (data) weights.set(model, data);
  return weights;
}
