"""Gradients of a small stack of layers with and without shortcuts, by PyTorch's autograd.

Writes src/math/golden/deep-stack.json.
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

torch.manual_seed(7)
L, B, C = 5, 3, 4


def rounded(tensor):
    return torch.tensor([round(float(v), 6) for v in tensor.flatten()], dtype=torch.float64).reshape(tensor.shape)


weights = [rounded(torch.randn(C, C) / 2) for _ in range(L)]
biases = [rounded(torch.randn(C) / 2) for _ in range(L)]
inputs, targets = rounded(torch.randn(B, C)), rounded(torch.randn(B, C))


def gradients(shortcut):
    learned = [w.clone().requires_grad_() for w in weights]
    x = inputs
    for w, b in zip(learned, biases, strict=True):
        x = shortcut * x + F.gelu(x @ w + b, approximate="tanh")
    loss = F.mse_loss(x, targets)
    loss.backward()
    return {"loss": loss.item(), "norms": [float(w.grad.norm()) for w in learned]}


golden = {
    "torch": torch.__version__,
    "width": C,
    "weights": [w.flatten().tolist() for w in weights],
    "biases": [b.tolist() for b in biases],
    "inputs": inputs.flatten().tolist(),
    "targets": targets.flatten().tolist(),
    "with": gradients(1),
    "without": gradients(0),
}
target = Path(__file__).parents[2] / "src/math/golden/deep-stack.json"
target.write_text(json.dumps(golden) + "\n")
print(f"{target.name}: {target.stat().st_size} bytes")
