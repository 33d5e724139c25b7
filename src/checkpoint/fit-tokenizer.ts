import {withRemedy} from '../math/remedy.js';
import type {GPTConfig} from '../model/config.js';
import {BytePairTokenizer} from '../tokenizers/bpe/tokenizer.js';
import {loadTokenizer} from '../tokenizers/load.js';
import {type Tokenizer, TokenizerSpecError} from '../tokenizers/tokenizer.js';

/** V of OpenAI's GPT-2, whose tokenizer comes with the library. */
const GPT2_VOCABULARY = 50_257;

/**
 * Returns a tokenizer with a token for each row of a model's vocabulary. Rows that a byte-pair encoding does not use, common in models that
 * were padded for speed, become special tokens that no text has.
 * @param tokenizer From the model's files, with at most as many tokens. Undefined: they hold none.
 * @param options.mayPad Whether the model may have rows that no token needs: a classifier has one that fills up batches.
 * @throws {TokenizerSpecError} where the files lack one
 */
export async function fitTokenizer(
  tokenizer: Tokenizer | undefined,
  {vocabSize}: GPTConfig,
  {mayPad = false} = {},
): Promise<Tokenizer> {
  if (!tokenizer && vocabSize === GPT2_VOCABULARY) return loadTokenizer('gpt2');
  if (!tokenizer)
    throw withRemedy(
      new TokenizerSpecError(
        'There is no tokenizer.json among the files, which says how the model reads text.',
      ),
      'Add it from the same folder.',
    );
  if (tokenizer.vocabSize === vocabSize) return tokenizer;
  if (!(tokenizer instanceof BytePairTokenizer)) {
    if (mayPad) return tokenizer;
    throw withRemedy(
      new TokenizerSpecError(
        `The tokenizer has ${tokenizer.vocabSize} tokens, but the model scores ${vocabSize}: they do not belong together.`,
      ),
      'Choose the tokenizer that the model was trained with.',
    );
  }
  const {spec} = tokenizer;
  const unused = Array.from(
    {length: vocabSize - tokenizer.vocabSize},
    (_, i) => `<|unused ${tokenizer.vocabSize + i}|>`,
  );
  return new BytePairTokenizer({
    ...spec,
    vocab: [...spec.vocab, ...unused],
    specialTokens: [...spec.specialTokens, ...unused],
  });
}
