import {tensor1d, tidy} from '@tensorflow/tfjs-core';
import {type GPTConfig, normalizeConfig} from '../../model/config.js';
import {parameterLayout} from '../../model/parameters.js';
import {cutWindows} from '../../training/batches.js';
import {lossAndGradient} from '../../training/gradient.js';
import {nextTokenLoss} from '../../training/tasks/language.js';

/** A block small enough to test in a moment; every kind of layer of the model is in it. */
const CONFIG: GPTConfig = normalizeConfig({
  vocabSize: 11,
  contextLength: 8,
  embDim: 16,
  nHeads: 2,
  nLayers: 1,
  dropRate: 0,
  qkvBias: true,
  tieWeights: true,
});

// PyTorch 2.13.0+cpu, float64: scripts/golden/self_test.py
const LOSS = 4.013813;
const GRADIENT: Record<string, [projection: number, norm: number]> = {
  'wte.weight': [4.257221, 9.958661],
  'wpe.weight': [1.851115, 9.435784],
  'h.0.ln_1.weight': [0.071789, 0.320406],
  'h.0.ln_1.bias': [0.041664, 0.228991],
  'h.0.attn.c_attn.weight': [-0.153714, 3.512982],
  'h.0.attn.c_attn.bias': [-0.148694, 0.867467],
  'h.0.attn.c_proj.weight': [0.00725, 0.404848],
  'h.0.attn.c_proj.bias': [0.322382, 0.657853],
  'h.0.ln_2.weight': [-0.41344, 0.290401],
  'h.0.ln_2.bias': [0.096038, 0.372755],
  'h.0.mlp.c_fc.weight': [0.000211, 0.899121],
  'h.0.mlp.c_fc.bias': [0.008749, 0.227927],
  'h.0.mlp.c_proj.weight': [-0.134464, 0.727498],
  'h.0.mlp.c_proj.bias': [-0.01802, 0.08259],
  'ln_f.weight': [-0.405752, 0.57642],
  'ln_f.bias': [-0.108963, 0.292582],
};

/** Float32 on any device comes far closer; wrong kernels do not come close. */
const TOLERANCE = 1e-3;

/** The weights that the known values belong to: waves, so that no file is needed. */
function testWeights(): Float32Array {
  const {slots, length} = parameterLayout(CONFIG);
  const arena = new Float32Array(length);
  slots.forEach(({name, size, offset, shape}, slot) => {
    const center = shape.length === 1 && name.endsWith('.weight') ? 1 : 0; // a layer norm's scale
    for (let i = 0; i < size; i++) arena[offset + i] = center + 0.2 * Math.sin(1 + slot + 0.7 * i);
  });
  return arena;
}

/**
 * Computes a small GPT's loss and gradient on the current tfjs backend and compares them with known values:
 * browsers have shipped whose WebGPU gave wrong numbers.
 * @returns What is wrong, in one sentence; undefined where all is well.
 */
export async function selfTest(): Promise<string | undefined> {
  const layout = parameterLayout(CONFIG);
  const text = Int32Array.from({length: 17}, (_, i) => (3 * i + i * i) % CONFIG.vocabSize);
  const batch = cutWindows(text, [0, CONFIG.contextLength], CONFIG.contextLength);
  const {loss, gradient} = tidy(() =>
    lossAndGradient(layout, tensor1d(testWeights()), (weights) => nextTokenLoss(weights, CONFIG, batch)),
  );
  try {
    const computed = (await loss.data())[0]!;
    if (!(Math.abs(computed - LOSS) < TOLERANCE * LOSS))
      return `It gave ${computed.toFixed(4)} for a loss that is ${LOSS.toFixed(4)}.`;
    const values = (await gradient.data()) as Float32Array;
    for (const {name, offset, size} of layout.slots) {
      const [projection, norm] = GRADIENT[name]!;
      const slot = values.subarray(offset, offset + size);
      const close = (a: number, b: number) => Math.abs(a - b) < TOLERANCE * norm;
      const wave = slot.reduce((sum, g, i) => sum + g * Math.cos(0.3 * i), 0);
      if (!close(wave, projection) || !close(Math.hypot(...slot), norm))
        return `Its gradient of “${name}” is wrong.`;
    }
    return undefined;
  } finally {
    loss.dispose();
    gradient.dispose();
  }
}
