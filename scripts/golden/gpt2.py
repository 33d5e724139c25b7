"""Golden data for the reference GPT: what PyTorch and Hugging Face compute for a model small enough to commit.

Writes src/model/golden/{tied,untied}.json: weights, logits, loss, every gradient, attention probabilities, hidden states, and
20 steps of AdamW with clipping. Tensors are little-endian float32 in base64. Run it with `npm run golden`.
"""

import json
import platform
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from torch.nn import functional as F

from shared.packed import pack

V, T, C, H, L, B = 17, 8, 12, 3, 2, 2
STEPS = 20
ADAMW = {"lr": 1e-2, "betas": (0.9, 0.95), "eps": 1e-8}
WEIGHT_DECAY = 0.1
CLIP_NORM = 1.0


def make_model(tied):
    """A GPT2LMHeadModel without dropout, its weights far from their usual start, so that every term of every gradient counts."""
    torch.manual_seed(1 if tied else 2)
    config = transformers.GPT2Config(
        vocab_size=V, n_positions=T, n_embd=C, n_head=H, n_layer=L,
        embd_pdrop=0, attn_pdrop=0, resid_pdrop=0,
        tie_word_embeddings=tied, attn_implementation="eager",
        bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    model = transformers.GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            base = 1.0 if ".ln_" in name and name.endswith("weight") else 0.0
            parameter.copy_(base + 0.3 * torch.randn_like(parameter))
            if not tied and name.endswith("c_attn.bias"):  # stands for a model without a qkv bias
                parameter.zero_()
                parameter.requires_grad_(False)
    return model


def trained_parameters(model):
    """Name (as in src/model/parameters.ts) and parameter, without the frozen ones. A tied head appears once, as wte."""
    return [
        (name.removeprefix("transformer."), parameter)
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    ]


def loss_of(model, ids, labels):
    return F.cross_entropy(model(ids).logits.reshape(-1, V), labels.reshape(-1))


def trajectory(model, ids, labels):
    """Constant learning rate; decay on matrices only; one batch of (ids, labels) a step."""
    parameters = trained_parameters(model)
    groups = [
        {"params": [p for _, p in parameters if p.dim() >= 2], "weight_decay": WEIGHT_DECAY},
        {"params": [p for _, p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, **ADAMW)
    losses, norms = [], []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(model, ids[step], labels[step])
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_([p for _, p in parameters], CLIP_NORM)
        optimizer.step()
        losses.append(loss.item())
        norms.append(norm.item())
    assert any(norm > CLIP_NORM for norm in norms), "clipping must act at least sometimes"
    return {"losses": losses, "gradientNorms": norms, "final": {n: pack(p) for n, p in parameters if n == "wte.weight"}}


def golden(tied):
    model = make_model(tied)
    # A sequence with some order in it, so that there is something to learn.
    noise = torch.randint(0, 3, (STEPS, B, T + 1))
    text = (torch.arange(T + 1) * 5 + torch.randint(0, V, (STEPS, B, 1)) + noise) % V
    ids, labels = text[:, :, :-1], text[:, :, 1:]
    weights = {name: pack(parameter) for name, parameter in trained_parameters(model)}

    out = model(ids[0], output_attentions=True, output_hidden_states=True)
    loss = loss_of(model, ids[0], labels[0])
    loss.backward()
    data = {
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "numpy": np.__version__,
        },
        "config": {
            "vocabSize": V, "contextLength": T, "embDim": C, "nHeads": H, "nLayers": L,
            "dropRate": 0, "qkvBias": tied, "tieWeights": tied,
        },
        "adamw": {
            "learningRate": ADAMW["lr"], "beta1": ADAMW["betas"][0], "beta2": ADAMW["betas"][1], "epsilon": ADAMW["eps"],
            "weightDecay": WEIGHT_DECAY, "clipNorm": CLIP_NORM,
        },
        "ids": ids.tolist(),
        "labels": labels.tolist(),
        "weights": weights,
        "logits": pack(out.logits),
        "loss": loss.item(),
        "gradients": {name: pack(parameter.grad) for name, parameter in trained_parameters(model)},
        "attentions": [pack(attention) for attention in out.attentions],
        # The residual stream before each block; the last one is after ln_f.
        "hiddenStates": [pack(state) for state in out.hidden_states],
    }  # fmt: skip
    model.zero_grad()
    return data | {"trajectory": trajectory(model, ids, labels)}


folder = Path(__file__).parents[2] / "src/model/golden"
folder.mkdir(parents=True, exist_ok=True)
for name, tied in (("tied", True), ("untied", False)):
    path = folder / f"{name}.json"
    path.write_text(json.dumps(golden(tied), indent=1) + "\n")
    print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)
