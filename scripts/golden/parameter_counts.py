"""Parameter counts of GPTs in PyTorch, built from nn.Embedding, nn.Linear and nn.LayerNorm, for 20 configurations.

Writes src/model/golden/parameter-counts.json.
"""

import json
import random
from pathlib import Path

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width, qkv_bias):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.c_attn = nn.Linear(width, 3 * width, bias=qkv_bias)
        self.attn_proj = nn.Linear(width, width)
        self.ln_2 = nn.LayerNorm(width)
        self.c_fc = nn.Linear(width, 4 * width)
        self.mlp_proj = nn.Linear(4 * width, width)


class GPT(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.wte = nn.Embedding(c["vocab_size"], c["emb_dim"])
        self.wpe = nn.Embedding(c["context_length"], c["emb_dim"])
        self.h = nn.ModuleList(Block(c["emb_dim"], c["qkv_bias"]) for _ in range(c["n_layers"]))
        self.ln_f = nn.LayerNorm(c["emb_dim"])
        self.lm_head = nn.Linear(c["emb_dim"], c["vocab_size"], bias=False)
        if c["tie_weights"]:
            self.lm_head.weight = self.wte.weight


def config(vocab_size, context_length, emb_dim, n_heads, n_layers, qkv_bias, tie_weights):
    return {
        "vocab_size": vocab_size, "context_length": context_length, "emb_dim": emb_dim, "n_heads": n_heads,
        "n_layers": n_layers, "drop_rate": 0.0, "qkv_bias": qkv_bias, "tie_weights": tie_weights,
    }  # fmt: skip


def count(c):
    with torch.device("meta"):  # nothing is allocated
        return sum(p.numel() for p in GPT(c).parameters())


known = [
    config(50257, 1024, 768, 12, 12, False, False),
    config(50257, 1024, 768, 12, 12, False, True),
    config(50257, 1024, 768, 12, 12, True, True),
    config(50257, 1024, 1024, 16, 24, True, True),
    config(50257, 1024, 1280, 20, 36, True, True),
    config(50257, 1024, 1600, 25, 48, True, True),
    config(601, 64, 96, 4, 2, True, True),
    config(42, 64, 48, 4, 2, True, True),
]
random.seed(13)
others = [
    config(
        random.randint(2, 60000), random.randint(1, 4096), heads * random.randint(1, 90), heads,
        random.randint(1, 40), random.random() < 0.5, random.random() < 0.5,
    )
    for heads in [random.randint(1, 16) for _ in range(12)]
]  # fmt: skip
golden = {
    "torch": torch.__version__,
    "cases": [{"config": c, "parameters": count(c)} for c in known + others],
}
target = Path(__file__).parents[2] / "src/model/golden/parameter-counts.json"
target.write_text(json.dumps(golden) + "\n")
print(f"{target.name}: {target.stat().st_size} bytes")
