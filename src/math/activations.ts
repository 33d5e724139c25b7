/** Activation functions: what a feed-forward layer does to each number between its two matrices. */

export type ActivationName = 'gelu' | 'gelu-exact' | 'relu' | 'silu';
export const ACTIVATION_NAMES: readonly ActivationName[] = ['gelu', 'gelu-exact', 'relu', 'silu'];

export interface Activation {
  value: (x: number) => number;
  /** The derivative: what the gradient is multiplied by on its way back. ReLU has 0 at x = 0, as in PyTorch. */
  slope: (x: number) => number;
}

const ROOT = Math.sqrt(2 / Math.PI);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Returns the error function, to 1.2 × 10⁻⁷ (a fit from Numerical Recipes, §6.2).
 */
function erf(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ];
  const polynomial = terms.reduceRight((sum, term) => sum * t + term, 0);
  const complement = t * Math.exp(-x * x + polynomial);
  return x >= 0 ? 1 - complement : complement - 1;
}

/** Φ(x): the share of a normal distribution that lies below x. */
const below = (x: number): number => 0.5 * (1 + erf(x / Math.SQRT2));

// #region activations
/** u and du/dx in GPT-2's approximation: u = √(2/π) · (x + 0.044715 x³) */
const inner = (x: number): [number, number] => [
  ROOT * (x + 0.044715 * x ** 3),
  ROOT * (1 + 3 * 0.044715 * x ** 2),
];

export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  // what GPT-2 uses: ½ x (1 + tanh u)
  gelu: {
    value: (x) => 0.5 * x * (1 + Math.tanh(inner(x)[0])),
    slope: (x) => {
      const [u, du] = inner(x);
      const t = Math.tanh(u);
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * du;
    },
  },
  // x times the share of a normal distribution that lies below x
  'gelu-exact': {
    value: (x) => x * below(x),
    slope: (x) => below(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
  },
  relu: {value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0)},
  silu: {value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x)))},
};
// #endregion
