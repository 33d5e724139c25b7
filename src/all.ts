// Written by scripts/generate.mjs. Do not edit.
/** Registers every element. For a page that uses one or two, import those: `gpt-elements/elements/<tag>.js`. */
import './elements/activation-plot/activation-plot.js';
import './elements/attention-dropout/attention-dropout.js';
import './elements/attention-matrix/attention-matrix.js';
import './elements/batch-inspector/batch-inspector.js';
import './elements/bpe-tokenizer/bpe-tokenizer.js';
import './elements/bpe-trainer/bpe-trainer.js';
import './elements/causal-mask/causal-mask.js';
import './elements/classifier-trainer/classifier-trainer.js';
import './elements/corpus-picker/corpus-picker.js';
import './elements/embedding-map/embedding-map.js';
import './elements/feed-forward/feed-forward.js';
import './elements/gpt-architecture/gpt-architecture.js';
import './elements/gpt-config/gpt-config.js';
import './elements/gpt-model/gpt-model.js';
import './elements/gpt-trainer/gpt-trainer.js';
import './elements/gpt2-loader/gpt2-loader.js';
import './elements/layer-norm/layer-norm.js';
import './elements/logit-lens/logit-lens.js';
import './elements/loss-chart/loss-chart.js';
import './elements/multi-head-attention/multi-head-attention.js';
import './elements/position-embedding/position-embedding.js';
import './elements/qkv-attention/qkv-attention.js';
import './elements/self-attention-steps/self-attention-steps.js';
import './elements/shortcut-gradients/shortcut-gradients.js';
import './elements/sliding-window/sliding-window.js';
import './elements/special-tokens/special-tokens.js';
import './elements/text-generator/text-generator.js';
import './elements/token-embedding/token-embedding.js';
import './elements/tokenizer-compare/tokenizer-compare.js';
import './elements/transformer-block-viz/transformer-block-viz.js';
import './elements/vocabulary-table/vocabulary-table.js';
import './elements/weight-inspector/weight-inspector.js';
import './elements/weights-io/weights-io.js';
import './elements/why-attention/why-attention.js';

export * from './index.js';
