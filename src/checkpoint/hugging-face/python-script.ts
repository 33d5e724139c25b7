import {type FileToWrite, fileOf} from '../file-to-write.js';

/**
 * Returns a Python script that loads the folder it lies in and continues a prompt.
 * @param prompt What it continues unless it is given another. Empty: a line end.
 */
export function pythonScript(prompt: string): FileToWrite {
  return fileOf(`"""Continues a prompt with the model in this folder.

    pip install torch transformers
    python generate.py ${JSON.stringify(prompt || 'a prompt')}
"""
import pathlib
import sys

import torch
from transformers import AutoTokenizer, GPT2LMHeadModel

folder = pathlib.Path(__file__).parent
tokenizer = AutoTokenizer.from_pretrained(folder)
model = GPT2LMHeadModel.from_pretrained(folder).eval()

prompt = sys.argv[1] if len(sys.argv) > 1 else ${JSON.stringify(prompt || '\n')}
ids = torch.tensor([tokenizer.encode(prompt)])
written = model.generate(
    ids,
    attention_mask=torch.ones_like(ids),
    max_length=model.config.n_positions,
    do_sample=True,
    temperature=0.8,
    top_k=40,
    pad_token_id=tokenizer.eos_token_id or 0,
)
print(tokenizer.decode(written[0]))
`);
}
