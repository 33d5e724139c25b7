"""Byte-level BPE by Hugging Face `tokenizers`, for the tests of src/tokenizers/bpe.

The corpus is written here, by chance from a seed: short words with many equal counts (so that ties decide), whitespace
runs, code, CJK, combining marks, emoji and long unbroken runs.

    pip install tokenizers transformers && python scripts/golden/tokenizer_bpe.py
"""
import json
import random
import tempfile
from pathlib import Path

import tokenizers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GPT2TokenizerFast, PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parents[2]
random.seed(4)

SYLLABLES = ["ka", "to", "mi", "ren", "sol", "ba", "qu", "the", "ing", "er", "o", "str"]
ODD = [
    "don't", "IT'S", "we'll", "3.14", "1234567", "é", "e\u0301", "naïve", "Z\u0351\u036b", "世界", "こんにちは", "안녕", "مرحبا",
    "👍🏽", "👨‍👩‍👧", "\u00a0", "\u3000", "\u0085", "\ufeff", "\t\t", "   ", "\n\n\n", "{}", "();", "=>", "a" * 9, "ha" * 7, "-----", "\x00",
    "<|endoftext|>", "𐍈",
]
words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(700)]
corpus = ""
for _ in range(3500):
    corpus += random.choice(words) if random.random() < 0.85 else random.choice(ODD)
    corpus += random.choices([" ", ", ", ".\n", "  ", ""], [70, 8, 6, 3, 3])[0]

tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
tokenizer.train_from_iterator(
    [corpus],
    trainers.BpeTrainer(
        vocab_size=256 + 1500 + 1,
        min_frequency=1,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=["<|endoftext|>"],
        show_progress=False,
    ),
)
# Texts that the corpus does not hold, too. Special tokens are recognized in them, as Hugging Face always does.
texts = ["", corpus[:2000], "The quick brown fox", "x" * 100, "don't stop<|endoftext|>go", " \n \t x", "日本語のテキスト", "a\u0085b\ufeffc"]
texts += ["".join(random.choices(words + ODD + [" ", "  "], k=12)) for _ in range(60)]

ids = [tokenizer.encode(text).ids for text in texts]
out = ROOT / "src/tokenizers/golden/bpe.json"
golden = {
    "tokenizers": tokenizers.__version__,
    "corpus": corpus,
    "texts": texts,
    "ids": ids,
    "tokenizerJson": json.loads(tokenizer.to_str()),
}
out.write_text(json.dumps(golden, separators=(",", ":"), ensure_ascii=False) + "\n")
print(out, out.stat().st_size, "bytes,", len(golden["tokenizerJson"]["model"]["merges"]), "merges")

# The way back: what this library saved of its own training on this corpus (100 merges; the tests hold the library to this very
# file) must load here and give the ids that the library gives.
ours = json.loads((ROOT / "src/tokenizers/golden/bpe-saved.json").read_text())
loaded = Tokenizer.from_str(ours["tokenizerJson"])
fast = PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_str(ours["tokenizerJson"]))
with tempfile.TemporaryDirectory() as folder:
    for name in ["vocab.json", "merges.txt"]:
        (Path(folder) / name).write_text(ours[name])
    gpt2 = GPT2TokenizerFast(f"{folder}/vocab.json", f"{folder}/merges.txt")
assert loaded.get_vocab_size() == 256 + 100 + 1
for text, expected in zip(texts, ours["ids"], strict=True):
    for name, found in [
        ("Tokenizer", loaded.encode(text).ids),
        ("PreTrainedTokenizerFast", fast.encode(text, add_special_tokens=False)),
        ("GPT2TokenizerFast", gpt2.encode(text)),
    ]:
        assert found == expected, (name, text, found, expected)
print("what the library saved gives the same ids by three loaders, for", len(texts), "texts")
