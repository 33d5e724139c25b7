"""Files by Python's safetensors, for the tests of src/checkpoint/safetensors.ts to read, and to write byte for byte.

Writes src/checkpoint/golden/safetensors.json: each file in base64, beside the numbers that it holds. Run it with `npm run golden`.
"""

import base64
import json
import sys
from pathlib import Path

import safetensors
import safetensors.torch
import torch

torch.manual_seed(1)
# Round and not, tiny (F16's smallest step is 2^-24), large, negative zero, ties between two neighbors in F16.
NUMBERS = [0.0, -0.0, 1.0, -2.5, 0.1, 1 / 3, 2**-24, 2**-25, 3 * 2**-25, 6.1e-5, 65504.0, -65504.0,
           1 + 2**-11, 1 + 3 * 2**-11, 2047.5, 2048.5, 1e-8, 123.456, -7e-6, 1 - 2**-12]  # fmt: skip
TENSORS = {
    "wte.weight": torch.tensor(NUMBERS).reshape(4, 5),
    "ln_f.bias": torch.randn(3),
    "é “quoted” \\ name": torch.randn(1, 2, 1),
    "empty": torch.zeros(0, 7),
    "scalar": torch.tensor(4.0),
}
DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}

files = []
for name, dtype in DTYPES.items():
    tensors = {key: tensor.to(dtype) for key, tensor in TENSORS.items()}
    files.append({
        "dtype": name,
        "base64": base64.b64encode(safetensors.torch.save(tensors, metadata={"format": "pt"})).decode(),
        # float32 values are exact in JSON's decimals; −0 needs its sign, which Python writes.
        "values": {key: tensor.float().flatten().tolist() for key, tensor in tensors.items()},
    })  # fmt: skip

mixed = {"a": torch.arange(3), "b": torch.ones(2, dtype=torch.float16), "c": torch.tensor([True, False])}
golden = {
    "safetensors": safetensors.__version__,
    "torch": torch.__version__,
    "tensors": {key: {"shape": list(t.shape), "data": t.flatten().tolist()} for key, t in TENSORS.items()},
    "files": files,
    "mixed": base64.b64encode(safetensors.torch.save(mixed)).decode(),
}
path = Path(__file__).parents[2] / "src/checkpoint/golden/safetensors.json"
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size} bytes", file=sys.stderr)
