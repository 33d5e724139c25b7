"""Tensors in golden files: a shape, and little-endian float32 in base64."""

import base64

import numpy as np
import torch


def pack(tensor):
    array = tensor.detach().numpy().astype("<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def unpack(packed):
    array = np.frombuffer(base64.b64decode(packed["data"]), "<f4").reshape(packed["shape"])
    return torch.from_numpy(array.copy())
