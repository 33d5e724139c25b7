"""Attention on a handful of tokens, step by step, as PyTorch computes it: what the views of chapter 3 show.

Writes src/math/golden/attention.json.
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

torch.manual_seed(3)
T, C, H, RATE = 5, 6, 2, 0.25
D = C // H


def rows(tensor):
    return [[round(float(value), 7) for value in row] for row in tensor.detach()]


# What is written down is what is computed with: rounding first.
def parameter(*shape):
    return torch.tensor(rows(torch.randn(*shape)), dtype=torch.float64)


x, wq, wk, wv, wo = parameter(T, C), parameter(C, C), parameter(C, C), parameter(C, C), parameter(C, C)
q, k, v = x @ wq, x @ wk, x @ wv
future = torch.triu(torch.ones(T, T, dtype=torch.bool), diagonal=1)

simple = torch.softmax(x @ x.T, dim=-1)
scaled = F.scaled_dot_product_attention(q, k, v)
plain = torch.softmax(q @ k.T / C**0.5, dim=-1)
causal = torch.softmax((q @ k.T / C**0.5).masked_fill(future, -torch.inf), dim=-1)
keep = torch.rand(T, T) >= RATE

# Multi-head: one projection, cut into heads; and the same by PyTorch's own module.
module = torch.nn.MultiheadAttention(C, H, bias=False, batch_first=True, dtype=torch.float64)
module.in_proj_weight.data = torch.cat([wq.T, wk.T, wv.T])
module.out_proj.weight.data = wo.T
multi, weights = module(x[None], x[None], x[None], attn_mask=future, average_attn_weights=False)

p = torch.softmax(torch.tensor([2.0, 0.5, -1.0], dtype=torch.float64), 0)
jacobian = torch.diag(p) - torch.outer(p, p)

golden = {
    "torch": torch.__version__,
    "x": rows(x), "wq": rows(wq), "wk": rows(wk), "wv": rows(wv), "wo": rows(wo),
    "simple": {"scores": rows(x @ x.T), "weights": rows(simple), "context": rows(simple @ x)},
    "q": rows(q), "k": rows(k), "v": rows(v),
    "scaled": {"scores": rows(q @ k.T / C**0.5), "weights": rows(plain), "context": rows(scaled)},
    "causal": {"weights": rows(causal), "context": rows(F.scaled_dot_product_attention(q, k, v, is_causal=True))},
    "dropout": {"rate": RATE, "keep": keep.int().tolist(), "weights": rows(causal * keep / (1 - RATE))},
    "multi": {"heads": H, "weights": [rows(head) for head in weights[0]], "out": rows(multi[0])},
    "slope": {"scores": [2.0, 0.5, -1.0], "norm": float(jacobian.norm())},
}  # fmt: skip
target = Path(__file__).parents[2] / "src/math/golden/attention.json"
target.write_text(json.dumps(golden) + "\n")
print(f"{target.name}: {target.stat().st_size} bytes")
