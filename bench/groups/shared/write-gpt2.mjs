import {once} from 'node:events';
import {createWriteStream, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const [V, T, C, L, H] = [50257, 1024, 768, 12, 12];

function* shapes() {
  yield ['wte.weight', [V, C]];
  yield ['wpe.weight', [T, C]];
  for (let n = 0; n < L; n++)
    for (const [name, shape] of [
      ['ln_1.weight', [C]],
      ['ln_1.bias', [C]],
      ['attn.c_attn.weight', [C, 3 * C]],
      ['attn.c_attn.bias', [3 * C]],
      ['attn.c_proj.weight', [C, C]],
      ['attn.c_proj.bias', [C]],
      ['ln_2.weight', [C]],
      ['ln_2.bias', [C]],
      ['mlp.c_fc.weight', [C, 4 * C]],
      ['mlp.c_fc.bias', [4 * C]],
      ['mlp.c_proj.weight', [4 * C, C]],
      ['mlp.c_proj.bias', [C]],
    ])
      yield [`h.${n}.${name}`, shape];
  yield ['ln_f.weight', [C]];
  yield ['ln_f.bias', [C]];
}

/** Writes a Hugging Face folder of GPT-2 small with random weights; returns the bytes of its weights’ file. */
export async function writeGpt2(folder) {
  const config = {model_type: 'gpt2', vocab_size: V, n_positions: T, n_embd: C, n_layer: L, n_head: H};
  writeFileSync(join(folder, 'config.json'), JSON.stringify({architectures: ['GPT2LMHeadModel'], ...config}));
  const tensors = [...shapes()].map(([name, shape]) => ({name, shape, count: shape.reduce((a, b) => a * b)}));
  const header = {};
  let end = 0;
  for (const {name, shape, count} of tensors)
    header[`transformer.${name}`] = {dtype: 'F32', shape, data_offsets: [end, (end += 4 * count)]};
  const json = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  head.writeBigUInt64LE(BigInt(head.length - 8));
  json.copy(head, 8);
  const file = createWriteStream(join(folder, 'model.safetensors'));
  file.write(head);
  // Normal numbers, as GPT-2 starts, drawn once and repeated: what is read is not looked at.
  const drawn = Float32Array.from({length: 2 ** 20 + 7}, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    return 0.02 * radius * Math.cos(2 * Math.PI * Math.random());
  });
  for (const {name, shape, count} of tensors)
    for (let first = 0; first < count; first += drawn.length) {
      const isScale = shape.length === 1 && name.endsWith('.weight');
      const part = drawn.slice(0, Math.min(drawn.length, count - first));
      if (isScale) part.fill(1);
      if (!file.write(Buffer.from(part.buffer))) await once(file, 'drain');
    }
  file.end();
  await once(file, 'finish');
  return head.length + end;
}
