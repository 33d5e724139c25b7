"""Golden data for what looks into a model, made with PyTorch hooks on the tied golden model (src/model/golden/tied.json, see gpt2.py).

Writes src/model/golden/interventions.json: the logits of changed forward passes; and src/model/golden/readings.json: direct logit
attribution and the logit lens. Run it with `npm run golden`.
"""

import json
import sys
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import torch
import transformers

from shared.packed import pack, unpack

folder = Path(__file__).parents[2] / "src/model/golden"
tied = json.loads((folder / "tied.json").read_text())
V, T, C, H, L = (tied["config"][key] for key in ("vocabSize", "contextLength", "embDim", "nHeads", "nLayers"))
D = C // H

config = transformers.GPT2Config(
    vocab_size=V, n_positions=T, n_embd=C, n_head=H, n_layer=L, embd_pdrop=0, attn_pdrop=0, resid_pdrop=0,
    tie_word_embeddings=True, attn_implementation="eager", bos_token_id=0, eos_token_id=0,
)  # fmt: skip
model = transformers.GPT2LMHeadModel(config).eval()
state = {f"transformer.{name}": unpack(packed) for name, packed in tied["weights"].items()}
missing = model.load_state_dict(state, strict=False)
assert missing.missing_keys == ["lm_head.weight"] and not missing.unexpected_keys, missing
model.tie_weights()

prompt, other = (torch.tensor([sequence]) for sequence in tied["ids"][0])
h = model.transformer.h


def tensor_of(output):
    return output[0] if isinstance(output, tuple) else output


def like(output, tensor):
    return (tensor, *output[1:]) if isinstance(output, tuple) else tensor


def on_output(module, change):
    """Replaces a module's output, or the first of its outputs."""
    return module.register_forward_hook(lambda _, __, output: like(output, change(tensor_of(output))))


def on_input(module, change):
    return module.register_forward_pre_hook(lambda _, inputs: (change(inputs[0]), *inputs[1:]))


def from_other(module):
    """What a module puts out for the other prompt."""
    kept = []
    with module.register_forward_hook(lambda _, __, output: kept.append(tensor_of(output).clone())), torch.no_grad():
        model(other)
    return kept[0]


def changed(index, value):
    def change(tensor):
        tensor = tensor.clone()
        tensor[index] = value(tensor) if callable(value) else value[index]
        return tensor

    return change


HEAD_1 = np.s_[..., D : 2 * D]
VALUES_OF_HEAD_2 = np.s_[..., 2 * C + 2 * D : 2 * C + 3 * D]
block_input = []


def keep_input(tensor):
    block_input[:] = [tensor]
    return tensor


# Interventions in the form of `Intervention`; a patch takes its value from the trace of the other prompt.
CASES = [
    ([{"at": "h.0.attn.context", "head": 1, "change": "zero"}],
     lambda: [on_input(h[0].attn.c_proj, changed(HEAD_1, lambda _: 0))]),
    ([{"at": "h.1.mlp.hidden", "unit": 5, "change": "mean"}],
     lambda: [on_input(h[1].mlp.c_proj, changed(np.s_[..., 5], lambda x: x[..., 5].mean(1, keepdim=True)))]),
    ([{"at": "h.1.attn.out", "position": 3, "change": "scale", "factor": 0.5}],
     lambda: [on_output(h[1].attn, changed(np.s_[:, 3], lambda x: x[:, 3] * 0.5))]),
    ([{"at": "h.1.ln_2", "change": "skip"}],
     lambda: [h[1].ln_2.register_forward_hook(lambda _, inputs, __: inputs[0])]),
    ([{"at": "h.0.resid_mid", "change": "skip"}],
     lambda: [on_input(h[0], keep_input), on_output(h[0].attn, lambda x: x - block_input[0])]),
    ([{"at": "embed.position", "change": "zero"}],
     lambda: [on_output(model.transformer.wpe, torch.zeros_like)]),
    ([{"at": "h.0.resid_post", "position": 4, "change": "set"}],
     lambda: [on_output(h[0], changed(np.s_[:, 4], from_other(h[0])))]),
    ([{"at": "h.1.attn.v", "head": 2, "change": "set"}],
     lambda: [on_output(h[1].attn.c_attn, changed(VALUES_OF_HEAD_2, from_other(h[1].attn.c_attn)))]),
    ([{"at": "h.1.mlp.out", "change": "set"}],
     lambda: [on_output(h[1].mlp, changed(np.s_[:], from_other(h[1].mlp)))]),
    ([{"at": "h.0.attn.context", "head": 0, "change": "zero"}, {"at": "h.*.mlp.out", "change": "zero"}],
     lambda: [on_input(h[0].attn.c_proj, changed(np.s_[..., :D], lambda _: 0)),
              on_output(h[0].mlp, torch.zeros_like), on_output(h[1].mlp, torch.zeros_like)]),
]  # fmt: skip

cases = []
for interventions, hooks in CASES:
    with ExitStack() as stack, torch.no_grad():
        for handle in hooks():
            stack.enter_context(handle)
        cases.append({"interventions": interventions, "logits": pack(model(prompt).logits[0])})

versions = {"torch": torch.__version__, "transformers": transformers.__version__, "numpy": np.__version__}


def write(name, data):
    path = folder / name
    path.write_text(json.dumps({"versions": versions, "prompt": prompt[0].tolist(), **data}, indent=1) + "\n")
    print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)


write("interventions.json", {"other": other[0].tolist(), "cases": cases})

# Readings of the unchanged model.
POSITION, TARGETS = 5, [3, 7, 0]
transformer = model.transformer
kept = {}


def keep(name, module, of_input=False):
    def hook(_, inputs, output):
        kept[name] = (inputs[0] if of_input else tensor_of(output)).detach()[0]

    return module.register_forward_hook(hook)


with ExitStack() as stack, torch.no_grad():
    for handle in [
        keep("embed.token", transformer.wte),
        keep("embed.position", transformer.wpe),
        keep("final", transformer.ln_f, of_input=True),
        *(keep(f"context.{n}", h[n].attn.c_proj, of_input=True) for n in range(L)),
        *(keep(f"mlp.{n}", h[n].mlp) for n in range(L)),
        *(keep(f"h.{n}.resid_mid", h[n].ln_2, of_input=True) for n in range(L)),
        *(keep(f"h.{n}.resid_post", h[n]) for n in range(L)),
    ]:
        stack.enter_context(handle)
    logits = model(prompt).logits[0, POSITION, TARGETS]
    kept["embed"] = kept["embed.token"] + kept["embed.position"]

    # The Jacobian of the final layer norm and the head, with the norm's scale detached: what is added to a logit by a change of the stream.
    stream = kept["final"][POSITION]
    scale = 1 / torch.sqrt(stream.var(unbiased=False) + transformer.ln_f.eps)

    def term(written):
        return (((written - written.mean()) * scale * transformer.ln_f.weight) @ model.lm_head.weight[TARGETS].T).tolist()

    terms = [
        {"at": "embed.token", "values": term(kept["embed.token"][POSITION])},
        {"at": "embed.position", "values": term(kept["embed.position"][POSITION])},
    ]
    for n in range(L):
        projection = h[n].attn.c_proj
        for head in range(H):
            own = torch.zeros(C)
            own[head * D : (head + 1) * D] = kept[f"context.{n}"][POSITION, head * D : (head + 1) * D]
            terms.append({"at": f"h.{n}.attn.context", "head": head, "values": term(own @ projection.weight)})
        terms.append({"at": f"h.{n}.attn.c_proj.bias", "values": term(projection.bias)})
        terms.append({"at": f"h.{n}.mlp.out", "values": term(kept[f"mlp.{n}"][POSITION])})
    terms.append({"at": "ln_f.bias", "values": (transformer.ln_f.bias @ model.lm_head.weight[TARGETS].T).tolist()})
    total = torch.tensor([entry["values"] for entry in terms]).sum(0)
    assert torch.allclose(total, logits, atol=1e-4), (total, logits)

    streams = ["embed", *(f"h.{n}.{point}" for n in range(L) for point in ("resid_mid", "resid_post"))]
    lens = {name: pack(torch.softmax(model.lm_head(transformer.ln_f(kept[name])), -1)) for name in streams}

attribution = {"position": POSITION, "targets": TARGETS, "logits": logits.tolist(), "terms": terms}
write("readings.json", {"attribution": attribution, "lens": lens})
