"""A classifier as Hugging Face `transformers` writes it, with its logits over padded texts, for the tests of
src/checkpoint/hugging-face/write-classifier.ts.

A random GPT2ForSequenceClassification whose last token pads. Its embedding is zeros, as in the folders written here. The logits are
computed over a padded batch, once with an attention mask and once without, and for each text alone: all must agree.
Writes src/checkpoint/golden/sequence-classification.json. Run it with `npm run golden`.

    pip install torch==2.13.0 transformers==5.24.0 safetensors==0.8.0
"""

import base64
import json
import sys
import tempfile
from pathlib import Path

import torch
import transformers

transformers.logging.set_verbosity_error()
torch.manual_seed(4)

TOKENS, T, CLASSES = 18, 9, ["ham", "spam", "other"]
PAD = TOKENS
config = transformers.GPT2Config(
    vocab_size=TOKENS + 1, n_positions=T, n_embd=8, n_head=2, n_layer=2, bos_token_id=PAD, eos_token_id=PAD, pad_token_id=PAD,
    embd_pdrop=0.0, attn_pdrop=0.0, resid_pdrop=0.0, problem_type="single_label_classification",
    id2label=dict(enumerate(CLASSES)), label2id={name: label for label, name in enumerate(CLASSES)},
)  # fmt: skip
model = transformers.GPT2ForSequenceClassification(config).eval()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        base = 1.0 if ".ln_" in name and name.endswith("weight") else 0.0
        parameter.copy_(base + 0.3 * torch.randn_like(parameter))
    model.transformer.wte.weight[PAD] = 0

texts = [torch.randint(TOKENS, (length,)).tolist() for length in (1, 4, T, 2, 7)]
texts[1][-1] = 0  # token 0 is a token like any other, also at the end
with tempfile.TemporaryDirectory() as folder:
    model.save_pretrained(folder)
    files = {path.name: base64.b64encode(path.read_bytes()).decode() for path in sorted(Path(folder).iterdir())}
    loaded = transformers.GPT2ForSequenceClassification.from_pretrained(folder).eval()
padded = torch.tensor([text + [PAD] * (T - len(text)) for text in texts])
with torch.no_grad():
    logits = loaded(padded).logits
    for other in (
        loaded(padded, attention_mask=(padded != PAD).long()).logits,
        torch.cat([loaded(torch.tensor([text])).logits for text in texts]),
    ):
        assert torch.allclose(other, logits, atol=1e-5), "transformers reads the last token that is no padding"

golden = {
    "torch": torch.__version__,
    "transformers": transformers.__version__,
    "classes": CLASSES,
    "files": files,
    "texts": texts,
    "logits": base64.b64encode(logits.numpy().astype("<f4").tobytes()).decode(),
}
path = Path(__file__).parents[2] / "src/checkpoint/golden/sequence-classification.json"
path.write_text(json.dumps(golden, indent=1) + "\n")
print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size} bytes", file=sys.stderr)
