"""The known values of the engine's self-test, in float64, with PyTorch's own operations and gradients.

Usage: python scripts/golden/self_test.py   (prints the constants of src/engine/device/self-test.ts)
"""

import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
V, T, C, H, B = 11, 8, 16, 2, 2
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
    scale = 1.0 if "ln_" in name and name.endswith(".weight") else 0.0
    values = [scale + 0.2 * math.sin(1 + slot + 0.7 * i) for i in range(size)]
    w[name] = torch.tensor(values, dtype=torch.float32).double().reshape(shape).requires_grad_()

ids = torch.tensor([(3 * i + i * i) % V for i in range(B * T)]).reshape(B, T)
labels = torch.tensor([(3 * (i + 1) + (i + 1) ** 2) % V for i in range(B * T)])

x = w["wte.weight"][ids] + w["wpe.weight"]
n = F.layer_norm(x, [C], w["h.0.ln_1.weight"], w["h.0.ln_1.bias"])
q, k, v = (n @ w["h.0.attn.c_attn.weight"] + w["h.0.attn.c_attn.bias"]).split(C, -1)
heads = lambda z: z.reshape(B, T, H, C // H).transpose(1, 2)
a = F.scaled_dot_product_attention(heads(q), heads(k), heads(v), is_causal=True)
x = x + a.transpose(1, 2).reshape(B, T, C) @ w["h.0.attn.c_proj.weight"] + w["h.0.attn.c_proj.bias"]
n = F.layer_norm(x, [C], w["h.0.ln_2.weight"], w["h.0.ln_2.bias"])
m = F.gelu(n @ w["h.0.mlp.c_fc.weight"] + w["h.0.mlp.c_fc.bias"], approximate="tanh")
x = x + m @ w["h.0.mlp.c_proj.weight"] + w["h.0.mlp.c_proj.bias"]
logits = F.layer_norm(x, [C], w["ln_f.weight"], w["ln_f.bias"]) @ w["wte.weight"].T
loss = F.cross_entropy(logits.reshape(-1, V), labels)
loss.backward()

# Of each slot's gradient, its projection on a fixed wave (which any wrong, moved or missing entry changes), and its norm.
print(f"// PyTorch {torch.__version__}, float64: scripts/golden/self_test.py")
print(f"const LOSS = {loss.item():.6f};")
print("const GRADIENT: Record<string, [projection: number, norm: number]> = {")
for name, tensor in w.items():
    g = tensor.grad.flatten()
    wave = sum(g[i].item() * math.cos(0.3 * i) for i in range(len(g)))
    print(f"  '{name}': [{wave:.6f}, {g.norm().item():.6f}],")
print("};")
