"""Folders as Hugging Face `transformers` writes them, with their logits, for the tests of src/checkpoint/hugging-face to load.

Random GPT-2 models of small, odd sizes: tied and untied, in float32, float16 and bfloat16, in one file and in several, with and
without the prefix `transformer.`, one with a tokenizer. The logits are computed in float32 from the weights as they were saved.
Writes src/checkpoint/golden/hugging-face.json: each file in base64. Run it with `npm run golden`.

    pip install torch==2.13.0 transformers==5.24.0 tokenizers==0.23.3 safetensors==0.8.0
"""

import base64
import json
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

transformers.logging.set_verbosity_error()


def make_tokenizer():
    """A byte-level BPE of 256 bytes, 24 merges and a special token."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        ["the cat sat on the mat; the hat was on the cat. that cat!"],
        trainers.BpeTrainer(
            vocab_size=256 + 24 + 1,
            min_frequency=1,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            special_tokens=["<|endoftext|>"],
            show_progress=False,
        ),
    )
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<|endoftext|>", eos_token="<|endoftext|>"
    )


TEXTS = ["the cat sat", " that hat<|endoftext|>the é\u0301 日本 👍🏽\n\n x", "", "don't  stop\t."]

# name, dtype, base model only (no head, no prefix), shard size, tokenizer, configuration
FOLDERS = [
    ("tied, float32", torch.float32, False, None, False, dict(vocab_size=17, n_positions=8, n_embd=12, n_head=3, n_layer=2)),
    ("untied, float32, in shards", torch.float32, False, "2KB", False,
     dict(vocab_size=13, n_positions=5, n_embd=10, n_head=5, n_layer=1, tie_word_embeddings=False, resid_pdrop=0.0)),
    ("tied, float16", torch.float16, False, None, False,
     dict(vocab_size=19, n_positions=7, n_embd=8, n_head=2, n_layer=2, reorder_and_upcast_attn=True)),
    ("untied, bfloat16, in shards", torch.bfloat16, False, "1KB", False,
     dict(vocab_size=11, n_positions=6, n_embd=6, n_head=1, n_layer=3, tie_word_embeddings=False)),
    ("without head and prefix", torch.float32, True, None, False,
     dict(vocab_size=7, n_positions=9, n_embd=6, n_head=2, n_layer=1, activation_function="gelu_pytorch_tanh")),
    ("with a tokenizer and more rows than tokens", torch.float16, False, None, True,
     dict(vocab_size=290, n_positions=40, n_embd=4, n_head=2, n_layer=1)),
]  # fmt: skip


def make_model(seed, config):
    """A GPT2LMHeadModel whose weights are far from their usual start, so that every one of them changes the logits."""
    torch.manual_seed(seed)
    ids = dict(bos_token_id=0, eos_token_id=0)
    model = transformers.GPT2LMHeadModel(transformers.GPT2Config(**config, **ids)).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            base = 1.0 if ".ln_" in name and name.endswith("weight") else 0.0
            parameter.copy_(base + 0.3 * torch.randn_like(parameter))
    return model


folders = []
for seed, (name, dtype, base_only, shard_size, with_tokenizer, config) in enumerate(FOLDERS):
    model = make_model(seed, config).to(dtype)
    with tempfile.TemporaryDirectory() as folder:
        options = {"max_shard_size": shard_size} if shard_size else {}
        (model.transformer if base_only else model).save_pretrained(folder, **options)
        texts = {}
        if with_tokenizer:
            tokenizer = make_tokenizer()
            tokenizer.save_pretrained(folder)
            texts = {"texts": TEXTS, "textIds": [tokenizer.encode(text) for text in TEXTS]}
        files = {
            path.name: base64.b64encode(path.read_bytes()).decode() for path in sorted(Path(folder).iterdir())
        }
        loaded = transformers.GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32).eval()
    T = min(config["n_positions"], 9)
    ids = torch.randint(config["vocab_size"], (2, T))
    with torch.no_grad():
        logits = loaded(ids).logits
    folders.append({
        "name": name,
        "files": files,
        "ids": ids.tolist(),
        "logits": base64.b64encode(logits.numpy().astype("<f4").tobytes()).decode(),
        **texts,
    })  # fmt: skip

golden = {"torch": torch.__version__, "transformers": transformers.__version__, "folders": folders}
path = Path(__file__).parents[2] / "src/checkpoint/golden/hugging-face.json"
path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size} bytes", file=sys.stderr)
