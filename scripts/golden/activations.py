"""Activation functions and their slopes, as PyTorch computes them in float64.

Writes src/math/golden/activations.json.
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

xs = [-6.0, -3.0, -1.5, -0.75, -0.1, 0.1, 0.5, 1.0, 2.0, 4.0]
functions = {
    "gelu": lambda x: F.gelu(x, approximate="tanh"),
    "gelu-exact": F.gelu,
    "relu": F.relu,
    "silu": F.silu,
}


def values_and_slopes(function):
    x = torch.tensor(xs, dtype=torch.float64, requires_grad=True)
    y = function(x)
    y.sum().backward()
    return {"values": y.tolist(), "slopes": x.grad.tolist()}


golden = {"torch": torch.__version__, "xs": xs} | {
    name: values_and_slopes(function) for name, function in functions.items()
}
target = Path(__file__).parents[2] / "src/math/golden/activations.json"
target.write_text(json.dumps(golden) + "\n")
print(f"{target.name}: {target.stat().st_size} bytes")
