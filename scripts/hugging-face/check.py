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


def check_classifier(folder):
    """Over one padded batch, over rows as long as the context, and for each text alone."""
    expected = json.loads((folder / "expected.json").read_text())
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder / "model")
    model, info = transformers.GPT2ForSequenceClassification.from_pretrained(folder / "model", output_loading_info=True)
    model.eval()
    own = torch.tensor(expected["logits"]).view(len(expected["texts"]), -1)

    def difference(**padding):
        batch = tokenizer(expected["texts"], return_tensors="pt", **padding)
        with torch.no_grad():
            return float((model(**batch).logits - own).abs().max())

    with torch.no_grad():
        alone = torch.cat([model(torch.tensor([ids])).logits for ids in expected["textIds"]])
    return {
        "name": expected["name"],
        "texts": len(expected["texts"]),
        "textsWithOtherIds": sum(tokenizer(t).input_ids != ids for t, ids in zip(expected["texts"], expected["textIds"])),
        "largestLogit": float(own.abs().max()),
        "largestDifference": {
            "padded": difference(padding=True),
            "paddedToTheContext": difference(padding="max_length", max_length=expected["contextLength"]),
            "alone": float((alone - own).abs().max()),
        },
        "otherClasses": int((alone.argmax(-1) != own.argmax(-1)).sum()),
        "problemsOfLoading": [str(entry) for entries in info.values() for entry in entries],
        "classes": list(model.config.id2label.values()) == expected["classes"],
    }


def folders(name):
    return [folder for folder in sorted((Path(sys.argv[1]) / name).iterdir()) if folder.is_dir()]


results = [check(folder) for folder in folders("models")]
classifiers = [check_classifier(folder) for folder in folders("classifiers")]
versions = {"torch": torch.__version__, "transformers": transformers.__version__, "tokenizers": tokenizers.__version__}
print(json.dumps({**versions, "folders": results, "classifiers": classifiers}))
