"""Loads the folders that write-folders.ts wrote by Hugging Face's libraries, and compares logits and ids. Prints JSON.

    pip install torch==2.13.0 transformers==5.24.0 tokenizers==0.23.3 safetensors==0.8.0
"""

import base64
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import tokenizers
import torch
import transformers

transformers.logging.set_verbosity_error()


def check(folder):
    expected = json.loads((folder / "expected.json").read_text())
    model, info = transformers.GPT2LMHeadModel.from_pretrained(
        folder / "model", dtype=torch.float32, output_loading_info=True
    )
    with torch.no_grad():
        logits = model.eval()(torch.tensor(expected["ids"])).logits.numpy()
    own = np.frombuffer(base64.b64decode(expected["logits"]), "<f4").reshape(logits.shape)

    tokenizer = transformers.AutoTokenizer.from_pretrained(folder / "model")
    different, refused, not_decoded = [], 0, 0
    for text, wanted in zip(expected["texts"], expected["textIds"]):
        try:
            ids = tokenizer.encode(text)
        except Exception:
            ids = None
        refused += ids is None
        if ids != wanted:
            different.append({"text": text, "wanted": wanted, "ids": ids})
        elif ids is not None and expected["decodes"] and tokenizer.decode(ids) != text:
            not_decoded += 1

    with zipfile.ZipFile(folder / "model.zip") as archive:
        zip_is_whole = archive.testzip() is None and all(
            archive.read(path.name) == path.read_bytes() for path in (folder / "model").iterdir()
        )
    with torch.no_grad():
        generated = model.generate(torch.tensor([expected["ids"][0][:3]]), max_new_tokens=4, do_sample=False)
    return {
        "name": expected["name"],
        "largestLogit": float(np.abs(own).max()),
        "largestDifference": float(np.abs(logits - own).max()),
        "problemsOfLoading": [str(entry) for entries in info.values() for entry in entries],
        "texts": len(expected["texts"]),
        "textsWithOtherIds": len(different),
        "textsRefusedByBoth": refused,
        "textsNotDecoded": not_decoded,
        "tokens": [expected["tokens"], len(tokenizer)],
        "endOfText": [tokenizer.eos_token_id, model.config.eos_token_id],
        "generates": generated.shape[1] > 3,
        "zipIsWhole": zip_is_whole,
        "examples": different[:5],
    }


results = [check(folder) for folder in sorted(Path(sys.argv[1]).iterdir()) if folder.is_dir()]
versions = {"torch": torch.__version__, "transformers": transformers.__version__, "tokenizers": tokenizers.__version__}
print(json.dumps({**versions, "folders": results}))
