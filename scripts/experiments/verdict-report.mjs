// The record of `verdict.mjs` as a page to read.

const whole = (n) => n.toLocaleString('en');
const loss = (value) => value.toFixed(2);

/** The first and last epoch, and enough between them to see the two curves part. */
function chosenRows(curve) {
  const every = Math.max(1, Math.ceil(curve.length / 12));
  return curve.filter((_, i) => i % every === 0 || i === curve.length - 1);
}

/** @param {object} record what `verdict.mjs` writes as JSON */
export function verdictReport({settings, facts, machine, versions, date, curve, samples, prompt, ...record}) {
  const {config, options} = settings;
  const last = curve.at(-1);
  const best = curve.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
  const {early, late} = record.held;
  const steady = early.tensors === late.tensors && early.tensorBytes === late.tensorBytes;
  const change = last.validationLoss - best.validationLoss;
  const size = `--emb-dim ${config.embDim} --layers ${config.nLayers} --heads ${config.nHeads} --epochs ${last.epoch}`;
  return `# Overfitting The Verdict

<!-- Written by scripts/experiments/verdict.mjs: do not edit. -->

A GPT is trained on ${settings.name}, Edith Wharton’s short story of 1908, as chapter 5 of “Build a Large Language Model (From
Scratch)” does it, but a smaller one. ${whole(facts.tokens.all)} tokens are few: what a model learns of them by heart helps little with the part
that it has not seen.

After ${last.epoch} epochs the training loss is **${loss(last.trainLoss)}** and the validation loss **${loss(last.validationLoss)}**, a gap of ${loss(last.validationLoss - last.trainLoss)}. The best validation loss was ${loss(best.validationLoss)}, after epoch
${best.epoch}; it is ${loss(change)} higher at the end. The run was to go on to a training loss below ${record.goal.trainLoss} with a validation loss above ${record.goal.validationLoss}:
${record.reached ? 'it got there.' : '**it ended before that**, at its limit of epochs.'}

| epoch | step | training loss | validation loss |
|--:|--:|--:|--:|
${chosenRows(curve)
  .map((row) => `| ${row.epoch} | ${row.step} | ${loss(row.trainLoss)} | ${loss(row.validationLoss)} |`)
  .join('\n')}

Losses are in nats per token, over all windows of either part, without dropout. A model that guesses has ln(${whole(facts.vocabSize)}) =
${Math.log(facts.vocabSize).toFixed(3)}; before the first step this one has ${curve[0].trainLoss.toFixed(3)}.

What follows “${prompt}”, the likeliest token each time (spaces and line breaks as one space):

| after epoch | continuation |
|--:|---|
${samples.map(({epoch, text}) => `| ${epoch} | ${text.replaceAll('|', '\\|')} |`).join('\n')}

## Conditions

| | |
|---|---|
| tokenizer | GPT-2’s, ${whole(facts.vocabSize)} tokens |
| model | ${whole(facts.parameters)} parameters: context ${config.contextLength}, ${config.embDim} wide, ${config.nLayers} layers, ${config.nHeads} heads, ${config.tieWeights ? 'tied' : 'untied'} head, no qkv bias |
| training | AdamW, learning rate ${options.learningRate} throughout, weight decay ${options.weightDecay} on matrices, β₂ ${options.beta2}, no clipping, dropout ${options.dropRate}, seed ${settings.seed} |
| data | windows of ${config.contextLength} tokens, stride ${settings.stride}; the first ${settings.trainShare * 100} % to train on: ${facts.windows.train} windows, ${facts.windows.validation} to validate with; ${options.batchSize} a step, ${facts.stepsPerEpoch} steps an epoch |
| computed by | the reference model on ${facts.backend} |
| time | ${(record.msPerStep / 1000).toFixed(2)} s a step (median), ${whole(record.seconds)} s in all with evaluations and samples |
| tensors held | ${early.tensors} (${whole(early.tensorBytes)} bytes) after step ${early.step}, ${steady ? 'the same' : `${late.tensors} (${whole(late.tensorBytes)} bytes)`} after step ${late.step} |
| machine | ${machine.cpu}, ${machine.cores} cores, ${machine.platform}; other work may have run beside |
| versions | Chromium ${versions.chromium}, TensorFlow.js ${versions.tfjs}, Node ${versions.node} |
| date | ${date.slice(0, 10)} |

Repeat it with \`node scripts/experiments/verdict.mjs path/to/the-verdict.txt ${size}\`; the text is not part of this repository. All
figures: [the-verdict.json](the-verdict.json).
`;
}
