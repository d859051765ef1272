"""Write vectors.json: layers, arrays and their outputs, worked out by brute force (slide.py).

Run it again and the file has the same bytes.
"""

import json
from itertools import product
from pathlib import Path

from slide import vector

FILE = Path(__file__).with_name("vectors.json")


def every(step, **choices):
    """Every so-many-th combination of some choices."""
    combinations = [
        dict(zip(choices, values, strict=True)) for values in product(*choices.values())
    ]
    return combinations[::step]


def lines():
    """Layers along one axis: four types, every kind of padding."""
    paddings = [0, 1, [2], [[1, 0]], [[0, 2]], [[-1, 0]], [[2, -1]]]
    paddings += ["valid", "half", "full", "same", "same_lower"]
    sizes = {"input_size": [[1], [4], [5], [6], [7]], "kernel_size": [1, 2, 3, 4]}
    strides = {"stride": [1, 2, 3], "dilation": [1, 2], "padding": [*paddings, "causal"]}
    for combination in every(53, **sizes, **strides, stretch=[1, 2, 3]):
        yield vector("Conv", **combination)
    for combination in every(31, **sizes, **(strides | {"padding": paddings})):
        yield vector("ConvTranspose", **combination)
    for combination in every(29, **sizes, **strides, ceil_mode=[False, True]):
        yield vector("MaxPool", **combination)
    for combination in every(47, **sizes, **strides, ceil_mode=[True, False]):
        yield vector("AvgPool", **combination)


def chosen():
    """Layers where something is known to go wrong easily."""
    # Figures of the guide: 2.1 to 2.7, 4.1 to 4.7, 5.1.
    yield vector("Conv", [4, 4], [3, 3])
    yield vector("Conv", [5, 5], [4, 4], padding=2)
    yield vector("Conv", [5, 5], [3, 3], padding="half")
    yield vector("Conv", [5, 5], [3, 3], padding="full")
    yield vector("Conv", [5, 5], [3, 3], stride=2)
    yield vector("Conv", [5, 5], [3, 3], stride=2, padding=1)
    yield vector("Conv", [6, 6], [3, 3], stride=2, padding=1)
    yield vector("Conv", [7, 7], [3, 3], dilation=2)
    yield vector("ConvTranspose", [2, 2], [3, 3])
    yield vector("ConvTranspose", [6, 6], [4, 4], padding=2)
    yield vector("ConvTranspose", [5, 5], [3, 3], padding="half")
    yield vector("ConvTranspose", [7, 7], [3, 3], padding="full")
    yield vector("ConvTranspose", [2, 2], [3, 3], stride=2)
    yield vector("ConvTranspose", [3, 3], [3, 3], stride=2, padding=1)
    yield vector("ConvTranspose", [3, 3], [3, 3], stride=2, padding=1, output_padding=1)
    # Axes that differ, and kernels that are no squares.
    yield vector("Conv", [3, 6], [2, 3], stride=[1, 2], padding=[1, 0], dilation=[1, 2])
    yield vector("Conv", [5, 4], [3, 1], padding=[[2, 0], [-1, 1]], stretch=[1, 2])
    yield vector("Conv", [4, 5], [3, 2], padding="same", stride=[2, 3])
    yield vector("Conv", [4, 5], [2, 4], padding="same_lower", stride=[1, 2])
    yield vector("ConvTranspose", [2, 3], [3, 2], stride=[2, 3], output_padding=[1, 2])
    yield vector("ConvTranspose", [3, 2], [2, 3], stride=[3, 1], padding="same")
    yield vector("ConvTranspose", [3, 2], [4, 3], stride=[1, 2], padding="same_lower")
    yield vector("ConvTranspose", [2, 3], [2, 2], padding=[[1, 0], [-1, 2]], dilation=[2, 1])
    # A kernel smaller than the stride, more output_padding than the stride, a crop at the start.
    yield vector("ConvTranspose", [3], 1, stride=3, padding="same")
    yield vector("ConvTranspose", [3], 2, stride=2, dilation=4, output_padding=3)
    yield vector("ConvTranspose", [5], 2, padding=2)
    # A crop that reaches through the input into the other side's padding.
    yield vector("Conv", [3], 2, padding=[[3, -4]])
    yield vector("Conv", [3], 1, padding=[[-4, 3]], stretch=2)
    # Ceil mode: a window that starts in the padding behind the input is dropped, in the input kept.
    for kind, stride, padding in product(
        ["MaxPool", "AvgPool"], [2, 3, 4], [0, 1, [[0, 2]], [[2, 0]], [[0, -1]], [[-2, 1]]]
    ):
        yield vector(kind, [5], 2, stride=stride, padding=padding, ceil_mode=True)
    yield vector("MaxPool", [2], 3, stride=2, ceil_mode=True)
    # The whole input is cropped: no window starts in it, and one stays all the same.
    yield vector("MaxPool", [5], 2, stride=2, padding=[[-6, 3]], ceil_mode=True)
    yield vector("MaxPool", [4, 5], [2, 3], stride=[2, 1], padding=[[1, 1], [0, 2]])
    yield vector("MaxPool", [5, 5], [2, 2], ceil_mode=True)
    # A window of padding only.
    yield vector("MaxPool", [2], 2, stride=1, padding=3)
    yield vector("AvgPool", [2], 2, stride=1, padding=3)
    yield vector("AvgPool", [5, 4], [3, 2], stride=2, padding=1, ceil_mode=True)
    for counted in [True, False]:
        settings = {"padding": 1, "ceil_mode": True, "count_include_pad": counted}
        yield vector("AvgPool", [4, 6], [3, 3], stride=[2, 3], **settings)
        yield vector("AvgPool", [6], 3, stride=2, dilation=2, **settings)
    # Three dimensions.
    yield vector("Conv", [3, 2, 4], [2, 1, 3], padding=[0, 1, 1], stride=[1, 2, 2])
    yield vector("ConvTranspose", [2, 1, 2], [2, 2, 1], stride=[1, 3, 2], padding="valid")
    yield vector("MaxPool", [3, 4, 2], [2, 2, 2], stride=1)
    yield vector("AvgPool", [2, 3, 3], [2, 2, 2], stride=1)
    # Channels and groups.
    for kind, (groups, channels) in product(
        ["Conv", "ConvTranspose"], [(1, (2, 3)), (2, (2, 4)), (2, (4, 2)), (3, (3, 3))]
    ):
        yield vector(kind, [3, 2], [2, 2], channels, groups=groups, padding=[1, 0])
        yield vector(kind, [3], [2], channels, groups=groups, stride=2, padding="same")
    yield vector("MaxPool", [3, 4], [2, 2], (2, 2), stride=1)
    yield vector("AvgPool", [4], 2, (3, 3), ceil_mode=True)


BOUND = 2**31 - 1


def refused():
    """Settings that cannot be, and the numbers that the message must hold (some are long)."""

    def one(error, numbers, kind, input_size, kernel_size, **settings):
        spec = {"type": kind, "input_size": input_size, "kernel_size": kernel_size, **settings}
        return {"spec": spec, "error": error, "says": [*map(str, numbers)]}

    yield one("value", [5, 4], "Conv", 4, 5)
    yield one("value", [5, 4, 1], "Conv", [6, 4], 5)
    yield one("value", [9, 7], "Conv", 5, 5, padding=1, dilation=2)
    yield one("value", [-2, -3, 5], "Conv", [5], 1, padding=[[-2, -3]])
    yield one("value", [2, 3, 5], "ConvTranspose", [3], 3, padding=[[2, 3]])
    yield one("value", [2, 1], "ConvTranspose", 3, 3, stride=2, output_padding=2)
    yield one("value", [6, 1], "ConvTranspose", 3, 3, stride=2, padding="same", output_padding=1)
    yield one("value", [], "ConvTranspose", 3, 3, padding="causal")
    yield one("value", [3, 2], "Conv", [4, 4], [3, 3, 3])
    yield one("value", [2, 1], "Conv", [5], 3, padding=[1, 2])
    yield one("value", [1, 2], "Conv", 5, 3, padding=[1, 1, 2, 2])
    yield one("value", [1, 2, 3], "Conv", [5], 3, padding=[[1, 2, 3]])
    yield one("value", [], "Conv", [], 3)
    yield one("value", [], "Conv", 5, 3, padding=[])
    yield one("value", [], "Conv", 5, 3, padding="SAME")
    yield one("value", [0, 1], "Conv", 0, 3)
    yield one("value", [0, 1], "Conv", 5, 3, stride=0)
    yield one("value", [-1, 1], "Conv", 5, 3, dilation=[1, -1])
    yield one("value", [-1, 0], "ConvTranspose", 5, 3, output_padding=-1)
    yield one("value", [3, 2], "Conv", 5, 3, groups=2, in_channels=3)
    yield one("value", [5, 4], "ConvTranspose", 5, 3, groups=4, out_channels=5)
    yield one("value", [0, 1], "Conv", 5, 3, in_channels=0)
    yield one("value", [4, 3], "MaxPool", 3, 4, stride=1)
    yield one("value", [BOUND, BOUND + 1], "Conv", BOUND + 1, 3)
    yield one("value", [BOUND, 2 * BOUND - 1], "Conv", 5, BOUND, dilation=2)
    yield one("value", [BOUND, (BOUND - 1) * BOUND + 1], "Conv", BOUND, 1, stretch=BOUND)
    yield one("value", [BOUND, (BOUND - 1) * BOUND + 1], "Conv", 5, BOUND, dilation=BOUND)
    yield one("value", [BOUND, BOUND + 1], "Conv", BOUND, 1, padding=[[1, 0]] * 2)
    yield one("value", [-BOUND, -BOUND - 1], "Conv", 5, 1, padding=-BOUND - 1)
    for wrong in [1.5, True, "3", None, [3, 2.5]]:
        yield one("type", [], "Conv", 5, wrong)
        yield one("type", [], "AvgPool", 5, 3, dilation=wrong)
    yield one("type", [], "Conv", 5, 3, padding=0.5)
    yield one("type", [], "Conv", 5, 3, padding=None)
    yield one("type", [], "MaxPool", 5, 3, ceil_mode=1)
    yield one("type", [], "AvgPool", 5, 3, count_include_pad=None)
    yield one("type", [], "Conv", 5, 3, groups=True)


def sizes():
    """Sizes up to the bound, where no line can be built: worked out in words beside each."""

    def one(output, kind, input_size, kernel_size, **settings):
        spec = {"type": kind, "input_size": input_size, "kernel_size": kernel_size, **settings}
        return {"spec": spec, "output_size": output}

    # One cell of the window moves over every cell.
    yield one([BOUND], "Conv", [BOUND], 1)
    # The window is as large as the line.
    yield one([1], "Conv", [BOUND], BOUND)
    # Two cells as far apart as they can be.
    yield one([1], "Conv", [BOUND], 2, dilation=BOUND - 1)
    # 1, a long way of zeros, 1: at a stride of one less than the line, both ends.
    yield one([2], "Conv", [2], 1, stretch=BOUND - 1, stride=BOUND - 1)
    # Every other cell of an odd line, the ends among them.
    yield one([(BOUND + 1) // 2], "Conv", [BOUND], 1, stride=2)
    # Cropped to its last cell.
    yield one([1], "Conv", [BOUND], 1, padding=[[1 - BOUND, 0]])
    # Every input cell becomes a cell, and a zero between them and one more behind the last.
    yield one(
        [BOUND],
        "ConvTranspose",
        [(BOUND - 1) // 2],
        1,
        stride=2,
        padding=[[-1, 0]],
        output_padding=1,
    )


def document():
    """The text of the file: one case a line."""
    cases = [*lines(), *chosen(), *refused()]
    parts = []
    for name, entries in [
        ("layers", [case for case in cases if "error" not in case]),
        ("sizes", sizes()),
        ("refused", [case for case in cases if "error" in case]),
    ]:
        rows = [json.dumps(entry, separators=(",", ":")) for entry in entries]
        parts.append(f'"{name}": [\n' + ",\n".join(rows) + "\n]")
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    FILE.write_text(document(), "utf-8")
