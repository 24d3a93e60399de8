"""An ONNX model whose int8 weights stay int8 while it runs.

The model's file keeps each weight matrix as int8 with scales, and makes float32 of it before it is
used; onnxruntime does so once, when it loads, and then multiplies matrices four times as large.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

# the smaller, the nearer to float32, and the slower
_BLOCK = 64
_INT8_ACCURACY = 4
_MICROSOFT = "com.microsoft"


@dataclass(frozen=True)
class _Quantized:
    """A weight matrix as the file has it: the names of its numbers and of their scales."""

    numbers: str
    scales: str


def int8_graph(path: Path) -> bytes:
    """The model in `path`, its matrix products and look-ups done on the int8 numbers.

    Inputs of a product are rounded to int8 in blocks, each with its own scale, so that a text's
    vector does not depend on what is embedded with it.
    """
    model = onnx.load(path)
    graph = model.graph
    weights = {one.name: one for one in graph.initializer}
    quantized = dict(_quantized(graph.node, weights))
    nodes: list[NodeProto] = []
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in quantized:
            nodes.append(_product(graph, node, quantized[node.input[1]], weights))
        elif node.op_type == "Gather" and node.input[0] in quantized:
            nodes += _look_up(node, quantized[node.input[0]])
        else:
            nodes.append(node)
    _replace(graph, nodes)
    model.opset_import.append(helper.make_opsetid(_MICROSOFT, 1))
    serialized: bytes = model.SerializeToString()
    return serialized


def _quantized(
    nodes: Iterable[NodeProto], weights: dict[str, TensorProto]
) -> Iterable[tuple[str, _Quantized]]:
    """What is made float32 by a cast and a product: its name and what it is made of."""
    casts = {node.output[0]: node.input[0] for node in nodes if node.op_type == "Cast"}
    for node in nodes:
        if node.op_type == "Mul" and casts.get(node.input[0]) in weights:
            yield node.output[0], _Quantized(casts[node.input[0]], node.input[1])


def _product(
    graph: GraphProto, node: NodeProto, matrix: _Quantized, weights: dict[str, TensorProto]
) -> NodeProto:
    numbers = numpy_helper.to_array(weights[matrix.numbers])
    scales = numpy_helper.to_array(weights[matrix.scales])
    rows, columns = numbers.shape
    blocks = rows // _BLOCK
    # the operator reads unsigned numbers around 128, column by column
    unsigned = (numbers.astype(np.int16) + 128).astype(np.uint8).T.reshape(columns, blocks, _BLOCK)
    each = np.repeat(scales.reshape(columns, 1), blocks, axis=1)
    names = [f"{node.output[0]} numbers", f"{node.output[0]} scales"]
    for name, array in zip(names, (np.ascontiguousarray(unsigned), each), strict=True):
        graph.initializer.append(numpy_helper.from_array(array, name))
    return helper.make_node(
        "MatMulNBits",
        [node.input[0], *names],
        list(node.output),
        domain=_MICROSOFT,
        K=rows,
        N=columns,
        bits=8,
        block_size=_BLOCK,
        accuracy_level=_INT8_ACCURACY,
    )


def _look_up(node: NodeProto, matrix: _Quantized) -> list[NodeProto]:
    """Rows and their scales are taken first, and only these made float32."""
    row, scale = f"{node.output[0]} row", f"{node.output[0]} scale"
    return [
        helper.make_node("Gather", [matrix.numbers, node.input[1]], [row]),
        helper.make_node("Cast", [row], [f"{row} as float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [matrix.scales, node.input[1]], [scale]),
        helper.make_node("Mul", [f"{row} as float", scale], list(node.output)),
    ]


def _replace(graph: GraphProto, nodes: list[NodeProto]) -> None:
    """Put these nodes in the graph, without what nothing needs any more."""
    needed = {one.name for one in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
    weights = [one for one in graph.initializer if one.name in needed]
    graph.ClearField("node")
    graph.node.extend(reversed(kept))
    graph.ClearField("initializer")
    graph.initializer.extend(weights)
