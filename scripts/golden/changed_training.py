"""Golden data for training a changed model, made with plain PyTorch on the tied golden model (src/model/golden/tied.json, see gpt2.py).

Writes src/model/golden/changed-training.json: loss, logits and the norm of every gradient of the first batch, with norms after the sums
(Vaswani et al. 2017) and with parts left out. Run it with `npm run golden`.
"""

import json
import sys
from pathlib import Path

import torch
from torch.nn import functional as F

from shared.packed import pack, unpack

folder = Path(__file__).parents[2] / "src/model/golden"
tied = json.loads((folder / "tied.json").read_text())
C, H, L = (tied["config"][key] for key in ("embDim", "nHeads", "nLayers"))
ids, labels = (torch.tensor(tied[key][0]) for key in ("ids", "labels"))
B, T = ids.shape


def norm(x, w, name):
    return F.layer_norm(x, (C,), w[f"{name}.weight"], w[f"{name}.bias"], eps=1e-5)


def linear(x, w, name):
    return x @ w[f"{name}.weight"] + w[f"{name}.bias"]


def attention(x, w, name):
    q, k, v = (part.view(B, T, H, C // H).transpose(1, 2) for part in linear(x, w, f"{name}.c_attn").split(C, -1))
    heads = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    return linear(heads.transpose(1, 2).reshape(B, T, C), w, f"{name}.c_proj")


def mlp(x, w, name):
    return linear(F.gelu(linear(x, w, f"{name}.c_fc"), approximate="tanh"), w, f"{name}.c_proj")


def forward(w, post=False, off=()):
    """`off`: trace names of values that are left out."""
    x = w["wte.weight"][ids] + w["wpe.weight"][:T]
    for n in range(L):
        h = f"h.{n}"
        is_on = lambda name, h=h: f"{h}.{name}" not in off  # noqa: E731
        if post:
            x = norm(x + attention(x, w, f"{h}.attn"), w, f"{h}.ln_1")
            x = norm(x + mlp(x, w, f"{h}.mlp"), w, f"{h}.ln_2")
            continue
        attended = attention(norm(x, w, f"{h}.ln_1") if is_on("ln_1") else x, w, f"{h}.attn") * is_on("attn.out")
        x = x + attended if is_on("resid_mid") else attended
        fed = mlp(norm(x, w, f"{h}.ln_2") if is_on("ln_2") else x, w, f"{h}.mlp") * is_on("mlp.out")
        x = x + fed if is_on("resid_post") else fed
    return norm(x, w, "ln_f") @ w["wte.weight"].T


CASES = [
    {"norm": "post", "interventions": []},
    *(
        {"interventions": [{"at": at, "change": change}]}
        for at, change in [
            ("h.0.ln_1", "skip"),
            ("h.1.attn.out", "zero"),
            ("h.0.resid_mid", "skip"),
            ("h.1.ln_2", "skip"),
            ("h.0.mlp.out", "zero"),
            ("h.1.resid_post", "skip"),
        ]
    ),
]

cases = []
for case in CASES:
    weights = {name: unpack(packed).requires_grad_() for name, packed in tied["weights"].items()}
    logits = forward(weights, case.get("norm") == "post", [one["at"] for one in case["interventions"]])
    loss = F.cross_entropy(logits.flatten(0, 1), labels.flatten())
    loss.backward()
    gradients = {name: 0.0 if w.grad is None else float(w.grad.norm()) for name, w in weights.items()}
    cases.append({**case, "logits": pack(logits), "loss": loss.item(), "gradientNorms": gradients})

path = folder / "changed-training.json"
path.write_text(json.dumps({"versions": {"torch": torch.__version__}, "cases": cases}, indent=1) + "\n")
print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)
