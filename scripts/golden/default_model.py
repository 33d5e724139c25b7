"""What PyTorch and Hugging Face make of the model that the package ships, from its one file.

Writes src/engine/golden/tiny-tales.json: token ids by `tokenizers`, logits of the last place and every head's attention by
`transformers`. Run it with `npm run golden` after `scripts/default-model/train.mjs`.
"""

import base64
import json
import sys
from pathlib import Path

import safetensors
import tokenizers
import torch
import transformers
from safetensors.torch import load_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

ROOT = Path(__file__).parents[2]
FILE = ROOT / "src/engine/tiny-tales.safetensors"
TEXT = "Mia found a big red kite by the pond. She held the kite. Tom ran up. \"I like your kite,\" said"

with safetensors.safe_open(FILE, framework="pt") as file:
    metadata = file.metadata()
config = json.loads(metadata["config"])
spec = json.loads(metadata["tokenizer"])

tokenizer = Tokenizer(
    models.BPE(
        vocab={token: id for id, token in enumerate(spec["vocab"])},
        merges=[tuple(merge.split(" ")) for merge in spec["merges"]],
    )
)
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
ids = tokenizer.encode(TEXT).ids

model = transformers.GPT2LMHeadModel(
    transformers.GPT2Config(
        vocab_size=config["vocabSize"], n_positions=config["contextLength"], n_embd=config["embDim"],
        n_layer=config["nLayers"], n_head=config["nHeads"], tie_word_embeddings=config["tieWeights"],
        attn_implementation="eager", bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
).eval()
weights = {f"transformer.{name}": tensor.float() for name, tensor in load_file(FILE).items()}
missing, unexpected = model.load_state_dict(weights, strict=False)
assert missing == ["lm_head.weight"] and not unexpected, (missing, unexpected)
model.tie_weights()
with torch.no_grad():
    out = model(torch.tensor([ids]), output_attentions=True)


def pack(tensor):
    array = tensor.contiguous().numpy().astype("<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


golden = {
    "versions": {
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "tokenizers": tokenizers.__version__,
        "safetensors": safetensors.__version__,
    },
    "text": TEXT,
    "ids": ids,
    "lastLogits": pack(out.logits[0, -1]),
    # The row of the last token in each layer: [H, T].
    "lastAttention": [pack(attention[0, :, -1]) for attention in out.attentions],
}
path = ROOT / "src/engine/golden/tiny-tales.json"
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(golden, indent=1) + "\n")
print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size} bytes", file=sys.stderr)
