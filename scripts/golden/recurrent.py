"""An Elman network and what its last state feels of each token before, as PyTorch's autograd computes it.

Writes src/math/golden/recurrent.json.
"""

import json
from pathlib import Path

import torch

torch.manual_seed(5)
T, C = 7, 6


def rows(tensor):
    return [[round(float(value), 7) for value in row] for row in tensor.detach()]


# What is written down is what is computed with: rounding first.
def parameter(*shape):
    return torch.tensor(rows(torch.randn(*shape)), dtype=torch.float64)


w, u, x = parameter(C, C) / 2, parameter(C, C) / 2, parameter(T, C)
w, u = (torch.tensor(rows(matrix), dtype=torch.float64) for matrix in (w, u))

network = torch.nn.RNN(C, C, bias=False, nonlinearity="tanh", dtype=torch.float64)
network.weight_hh_l0.data = w
network.weight_ih_l0.data = u

states, _ = network(x)
jacobian = torch.autograd.functional.jacobian(lambda tokens: network(tokens)[0][-1], x)  # [C, T, C]

golden = {
    "torch": torch.__version__,
    "w": rows(w), "u": rows(u), "x": rows(x),
    "states": rows(states),
    "influence": [float(jacobian[:, T - 1 - d].norm()) for d in range(T)],
    "spectralRadius": float(torch.linalg.eigvals(w).abs().max()),
}  # fmt: skip
target = Path(__file__).parents[2] / "src/math/golden/recurrent.json"
target.write_text(json.dumps(golden) + "\n")
print(f"{target.name}: {target.stat().st_size} bytes")
