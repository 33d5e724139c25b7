"""What planned kernels must compute before they are trusted, in float64, with PyTorch's own operations and gradients.

Usage: python scripts/golden/plan_gate.py   (writes src/training/golden/plan-gate.ts)
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
V, T, C, H, B = 65, 32, 64, 4, 2
SHAPES = [
    ("wte.weight", [V, C]), ("wpe.weight", [T, C]),
    ("h.0.ln_1.weight", [C]), ("h.0.ln_1.bias", [C]),
    ("h.0.attn.c_attn.weight", [C, 3 * C]), ("h.0.attn.c_attn.bias", [3 * C]),
    ("h.0.attn.c_proj.weight", [C, C]), ("h.0.attn.c_proj.bias", [C]),
    ("h.0.ln_2.weight", [C]), ("h.0.ln_2.bias", [C]),
    ("h.0.mlp.c_fc.weight", [C, 4 * C]), ("h.0.mlp.c_fc.bias", [4 * C]),
    ("h.0.mlp.c_proj.weight", [4 * C, C]), ("h.0.mlp.c_proj.bias", [C]),
    ("ln_f.weight", [C]), ("ln_f.bias", [C]),
]  # fmt: skip

w = {}
for slot, (name, shape) in enumerate(SHAPES):
    size = math.prod(shape)
    center = 1.0 if "ln_" in name and name.endswith(".weight") else 0.0
    values = [center + 0.2 * math.sin(1 + slot + 0.7 * i) for i in range(size)]
    w[name] = torch.tensor(values, dtype=torch.float32).double().reshape(shape).requires_grad_()

text = [(i * i * 7) % V for i in range(B * T + 1)]


def logits_of(ids):
    rows, length = ids.shape
    x = w["wte.weight"][ids] + w["wpe.weight"][:length]
    n = F.layer_norm(x, [C], w["h.0.ln_1.weight"], w["h.0.ln_1.bias"])
    q, k, v = (n @ w["h.0.attn.c_attn.weight"] + w["h.0.attn.c_attn.bias"]).split(C, -1)
    heads = lambda z: z.reshape(rows, length, H, C // H).transpose(1, 2)
    a = F.scaled_dot_product_attention(heads(q), heads(k), heads(v), is_causal=True)
    x = x + a.transpose(1, 2).reshape(rows, length, C) @ w["h.0.attn.c_proj.weight"] + w["h.0.attn.c_proj.bias"]
    n = F.layer_norm(x, [C], w["h.0.ln_2.weight"], w["h.0.ln_2.bias"])
    m = F.gelu(n @ w["h.0.mlp.c_fc.weight"] + w["h.0.mlp.c_fc.bias"], approximate="tanh")
    x = x + m @ w["h.0.mlp.c_proj.weight"] + w["h.0.mlp.c_proj.bias"]
    return F.layer_norm(x, [C], w["ln_f.weight"], w["ln_f.bias"]) @ w["wte.weight"].T


logits = logits_of(torch.tensor(text[:-1]).reshape(B, T))
loss = F.cross_entropy(logits.reshape(-1, V), torch.tensor(text[1:]))
loss.backward()

lines = [
    f"// Made by scripts/golden/plan_gate.py with PyTorch {torch.__version__}, float64.",
    "/** Mean cross-entropy of the batch. */",
    f"export const LOSS = {loss.item():.7f};",
    "/** Of each parameter's gradient: its projection on a wave, which any wrong, moved or missing entry changes, and its norm. */",
    "export const GRADIENT: Readonly<Record<string, readonly [projection: number, norm: number]>> = {",
]
for name, tensor in w.items():
    g = tensor.grad.flatten()
    wave = sum(g[i].item() * math.cos(0.3 * i) for i in range(len(g)))
    lines.append(f"  '{name}': [{wave:.7f}, {g.norm().item():.7f}],")
lines += [
    "};",
    "/** By the length of the prompt, the ten likeliest next tokens with their probabilities. */",
    "export const LIKELIEST: Readonly<Record<number, readonly (readonly [id: number, probability: number])[]>> = {",
]
for length in (5, 20):
    probabilities = F.softmax(logits_of(torch.tensor([text[:length]]))[0, -1], -1)
    top = torch.topk(probabilities, 10)
    pairs = ", ".join(f"[{i}, {p:.7f}]" for p, i in zip(top.values.tolist(), top.indices.tolist()))
    lines.append(f"  {length}: [{pairs}],")
lines.append("};")
Path("src/training/golden").mkdir(exist_ok=True)
Path("src/training/golden/plan-gate.ts").write_text("\n".join(lines) + "\n")
