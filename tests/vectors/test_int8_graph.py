from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from vectors.embedders import english, int8_graph
from vectors.embedders.base import Vectors
from vectors.embedders.english import EnglishEmbedder

TEXTS = [
    "How do I get my money back?",
    "I cannot sleep, and at work everything is too much for me.",
    "tax",
    "Can I move my session with Daniel from Monday morning to Friday after five?",
]


def test_vectors_are_near_those_of_the_float_model(monkeypatch: pytest.MonkeyPatch) -> None:
    rounded = EnglishEmbedder().embed(TEXTS)
    monkeypatch.setattr(int8_graph, "int8_graph", Path.read_bytes)
    exact: Vectors = EnglishEmbedder().embed(TEXTS)
    cosines = (rounded * exact).sum(axis=1)
    assert cosines.min() > 0.995
    assert cosines.max() < 1 - 1e-5  # they are not the same model


def test_no_matrix_becomes_float() -> None:
    graph = onnx.load_from_string(int8_graph.int8_graph(english.model_file())).graph
    floats = [one for one in graph.initializer if one.data_type == TensorProto.FLOAT]
    numbers = [one for one in graph.initializer if one.data_type != TensorProto.FLOAT]
    assert sum(int(np.prod(one.dims)) for one in floats) < 500_000
    assert sum(int(np.prod(one.dims)) for one in numbers) > 20_000_000
    kinds = {node.op_type for node in graph.node}
    assert {"MatMulNBits", "Gather"} <= kinds
