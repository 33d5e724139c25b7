"""Golden data for classification: the tied golden model (src/model/golden/tied.json, see gpt2.py) with a head of three classes.

Writes src/training/golden/classification.json: for three choices of what is trained (all, the last block with norm and head, LoRA)
the logits, the loss, the gradients, and 20 steps of AdamW with clipping, over padded texts of different lengths. Run it with
`npm run golden`.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from torch.nn import functional as F

from shared.packed import pack, unpack

# AdamW divides tiny gradients by their own size: the order of a sum shows after some steps.
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)

root = Path(__file__).parents[2] / "src"
tied = json.loads((root / "model/golden/tied.json").read_text())
V, T, C, H, L = (tied["config"][key] for key in ("vocabSize", "contextLength", "embDim", "nHeads", "nLayers"))
K, STEPS, PAD = 3, 20, 0
ADAMW = {"lr": 3e-3, "betas": (0.9, 0.95), "eps": 1e-8}
WEIGHT_DECAY, CLIP_NORM = 0.1, 1.0
RANK, ALPHA = 2, 3
LAYERS = {"attn.c_attn": (C, 3 * C), "mlp.c_fc": (C, 4 * C)}


generator = torch.Generator().manual_seed(3)
TEXTS = [torch.randint(1, V, (n,), generator=generator).tolist() for n in (1, 3, 5, T, 2, 6)]
CLASSES = [0, 1, 2, 1, 0, 2]
padded = torch.tensor([text + [PAD] * (max(map(len, TEXTS)) - len(text)) for text in TEXTS])
last = torch.tensor([len(text) - 1 for text in TEXTS])
score = torch.randn(K, C, generator=generator)
adapters = {
    f"h.{n}.{layer}.lora_{part}": 0.3 * torch.randn(shape, generator=generator)
    for n in range(L)
    for layer, (inner, outer) in LAYERS.items()
    for part, shape in (("A", (inner, RANK)), ("B", (RANK, outer)))
}


def run(with_lora, is_trained):
    config = transformers.GPT2Config(
        vocab_size=V, n_positions=T, n_embd=C, n_head=H, n_layer=L, embd_pdrop=0, attn_pdrop=0, resid_pdrop=0,
        attn_implementation="eager", bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    model = transformers.GPT2Model(config).eval()
    own = {name: unpack(packed) for name, packed in tied["weights"].items()}
    parameters = {name: tensor.clone() for name, tensor in own.items()} | {"score.weight": score.clone()}
    if with_lora:
        parameters |= {name: tensor.clone() for name, tensor in adapters.items()}
    trained = {name: tensor.requires_grad_() for name, tensor in parameters.items() if is_trained(name)}

    def logits():
        weights = {name: parameters[name] for name in own}
        if with_lora:
            for n in range(L):
                for layer in LAYERS:
                    a, b = (parameters[f"h.{n}.{layer}.lora_{part}"] for part in "AB")
                    weights[f"h.{n}.{layer}.weight"] = weights[f"h.{n}.{layer}.weight"] + ALPHA / RANK * a @ b
        states = torch.func.functional_call(model, weights, (padded,)).last_hidden_state
        return states[torch.arange(len(TEXTS)), last] @ parameters["score.weight"].T

    def loss_of():
        return F.cross_entropy(logits(), torch.tensor(CLASSES))

    loss = loss_of()
    loss.backward()
    first = {
        "logits": pack(logits()),
        "loss": loss.item(),
        "gradients": {name: pack(tensor.grad) for name, tensor in trained.items()},
    }
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained.values() if p.dim() >= 2], "weight_decay": WEIGHT_DECAY},
            {"params": [p for p in trained.values() if p.dim() < 2], "weight_decay": 0.0},
        ],
        **ADAMW,
    )
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(list(trained.values()), CLIP_NORM).item())
        optimizer.step()
        losses.append(loss.item())
    assert any(norm > CLIP_NORM for norm in norms), "clipping must act at least sometimes"
    final = {name: pack(trained[name]) for name in trained if name == "score.weight" or "h.1.mlp.c_fc" in name}
    return first | {"trajectory": {"losses": losses, "gradientNorms": norms, "final": final}}


data = {
    "versions": {"torch": torch.__version__, "transformers": transformers.__version__, "numpy": np.__version__},
    "texts": TEXTS,
    "classes": CLASSES,
    "padId": PAD,
    "learningRate": ADAMW["lr"],
    "score": pack(score),
    "lora": {"rank": RANK, "alpha": ALPHA, "layers": list(LAYERS)},
    "adapters": {name: pack(tensor) for name, tensor in adapters.items()},
    "runs": {
        "all": run(False, lambda _: True),
        "last": run(False, lambda name: name.startswith(("h.1.", "ln_f.", "score."))),
        "lora": run(True, lambda name: "lora_" in name or name == "score.weight"),
    },
}
path = root / "training/golden/classification.json"
path.write_text(json.dumps(data, indent=1) + "\n")
print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)
