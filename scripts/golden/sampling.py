"""Eligible tokens and their probabilities by Hugging Face's logits processors, for the tests of src/training/sample.ts and of
src/webgpu/kernels/decode/sample.ts.

    pip install torch transformers && python scripts/golden/sampling.py
"""
import json
from pathlib import Path

import torch
import transformers
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

ROOT = Path(__file__).resolve().parents[2]
torch.manual_seed(0)

LOGITS = {
    "random": torch.randn(12) * 2,
    "random, wider": torch.randn(9) * 6,
    "all equal": torch.zeros(10),
    "all equal, a power of two": torch.full((8,), -3.25),
    "two highest equal": torch.tensor([1.0, 3.0, -2.0, 3.0, 0.5, 2.5]),
    "highest last": torch.tensor([0.0, 0.0, 0.0, 0.0, 2.0]),
    "three groups": torch.tensor([2.0, 1.0, 0.0, 2.0, 1.0, 0.0, 2.0, 1.0, 0.0]),
    "ties below the highest": torch.tensor([1.0, 4.0, 1.0, 1.0, -1.0, 1.0, -1.0]),
    "far apart": torch.tensor([-80.0, 0.0, 60.0, 60.0, -80.0]),
    "one token": torch.tensor([7.0]),
}
# (temperature, top-k, top-p); a processor is left out at its neutral value, as `generate` does
SETTINGS = [
    *[(t, 0, 1.0) for t in (1.0, 0.5, 1.7, 0.01, 100.0, 1e-3, 1e6)],
    *[(1.0, k, 1.0) for k in (1, 2, 3, 4, 5, 8, 11, 1000)],
    *[(1.0, 0, p) for p in (0.0, 1e-40, 1e-9, 0.05, 0.1, 0.25, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.999, 1 - 1e-12)],
    *[(0.8, k, p) for k in (1, 2, 4, 7) for p in (0.0, 0.2, 0.5, 0.9)],
    (0.1, 3, 0.5), (50.0, 6, 0.35), (0.0, 0, 1.0), (0.0, 5, 0.5),
]


def eligible(logits: torch.Tensor, temperature: float, top_k: int, top_p: float) -> list[list[float]]:
    """[id, probability] of each token that can be drawn, by id."""
    if temperature == 0:
        return [[int(torch.argmax(logits)), 1.0]]
    scores = logits[None]
    if temperature != 1:
        scores = TemperatureLogitsWarper(temperature)(None, scores)
    if top_k != 0:
        scores = TopKLogitsWarper(top_k)(None, scores)
    if top_p < 1:
        scores = TopPLogitsWarper(top_p)(None, scores)
    probabilities = torch.softmax(scores, -1)[0].tolist()
    return [[id, float(f"{p:.8g}")] for id, p in enumerate(probabilities) if p >= 2**-126]


golden = {
    "torch": torch.__version__,
    "transformers": transformers.__version__,
    "cases": [
        {
            "name": name,
            "logits": logits.tolist(),
            "results": [
                {"temperature": t, "topK": k, "topP": p, "eligible": eligible(logits, t, k, p)} for t, k, p in SETTINGS
            ],
        }
        for name, logits in LOGITS.items()
    ],
}
out = ROOT / "src/math/golden/sampling.json"
out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(out, out.stat().st_size, "bytes")
