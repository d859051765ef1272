"""ONNX Runtime as a truth: a model of one node, run on arrays."""

import numpy as np
import onnxruntime
from onnx import TensorProto, checker, helper

onnxruntime.set_default_logger_severity(3)


def run(operator, *arrays, **attributes):
    """What ONNX Runtime makes of some float32 arrays with this operator; None is left out."""
    attributes = {name: value for name, value in attributes.items() if value is not None}
    names = [f"input{n}" for n in range(len(arrays))]
    arrays = [np.asarray(array, dtype=np.float32) for array in arrays]
    graph = helper.make_graph(
        [helper.make_node(operator, names, ["output"], **attributes)],
        operator,
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape)
            for name, array in zip(names, arrays, strict=True)
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [None] * arrays[0].ndim)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    return session.run(None, dict(zip(names, arrays, strict=True)))[0]


def pads(pairs):
    """(before, after) pairs in ONNX's order: every before, then every after."""
    return [before for before, _ in pairs] + [after for _, after in pairs]
