"""Principal components by numpy's SVD, for src/math/pca.ts to agree with.

Usage: python scripts/golden/pca.py   (writes src/math/golden/pca.json)
"""

import json

import numpy as np

cases = []
for n, c, seed in [(12, 5, 1), (40, 16, 2), (9, 24, 3)]:
    x = np.random.default_rng(seed).normal(size=(n, c)).astype(np.float32)
    x = np.round(x, 3).astype(np.float64)
    centered = x - x.mean(0)
    _, s, axes = np.linalg.svd(centered, full_matrices=False)
    axes = axes[:3]
    axes = axes * np.sign(axes[np.arange(3), np.abs(axes).argmax(1)])[:, None]
    cases.append({
        "width": c,
        "matrix": x.ravel().tolist(),
        "axes": np.round(axes, 9).tolist(),
        "shares": np.round(s[:3] ** 2 / (s**2).sum(), 9).tolist(),
        "projected": np.round((centered @ axes.T).ravel(), 9).tolist(),
    })  # fmt: skip

with open("src/math/golden/pca.json", "w") as file:
    json.dump({"numpy": np.__version__, "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
