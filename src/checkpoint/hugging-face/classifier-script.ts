import {type FileToWrite, fileOf} from '../file-to-write.js';

/** Returns a Python script that loads the folder it lies in and classifies texts. */
export function classifierScript(): FileToWrite {
  return fileOf(`"""Classifies texts with the model in this folder.

    pip install torch transformers
    python classify.py "a text" "another text"
"""
import pathlib
import sys

import torch
from transformers import AutoTokenizer, GPT2ForSequenceClassification

folder = pathlib.Path(__file__).parent
tokenizer = AutoTokenizer.from_pretrained(folder)
model = GPT2ForSequenceClassification.from_pretrained(folder).eval()

texts = sys.argv[1:] or [line.strip() for line in sys.stdin if line.strip()]
batch = tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
with torch.no_grad():
    probs = model(batch["input_ids"], attention_mask=batch["attention_mask"]).logits.softmax(-1)
for text, row in zip(texts, probs):
    label = int(row.argmax())
    print(f"{model.config.id2label[label]} {row[label]:.3f}  {text}")
`);
}
