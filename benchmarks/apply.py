"""The time of Conv.apply beside SciPy, a plain Python loop and, where it is installed, PyTorch.

    python benchmarks/apply.py

Every result is compared with ours before anything is timed. One thread, float64.
"""

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

from functools import partial
from importlib.util import find_spec
from itertools import product
from time import perf_counter

import numpy as np
from scipy.signal import correlate2d

from convwidget import Conv

# (channels, size, kernels, kernel size, stride)
CASES = [(1, 28, 1, 3, 1), (3, 64, 16, 3, 1), (16, 128, 16, 5, 2)]


def scipy_sum(x, kernel, stride):
    """The correlations of the input's channels, summed; SciPy knows no stride, so some are kept."""
    maps = (sum(map(correlate2d, x, weights, ["valid"] * len(x))) for weights in kernel)
    return np.stack([one[::stride, ::stride] for one in maps])


def plain_loop(x, kernel, stride):
    """The seven loops of a convolution, on lists: what a first attempt looks like."""
    x, kernel = x.tolist(), kernel.tolist()
    channels, taps = range(len(x)), range(len(kernel[0][0]))
    places = range(0, len(x[0]) - len(taps) + 1, stride)
    return [
        [
            [
                sum(
                    x[c][row + i][column + j] * weights[c][i][j]
                    for c, i, j in product(channels, taps, taps)
                )
                for column in places
            ]
            for row in places
        ]
        for weights in kernel
    ]


def contenders(x, kernel, stride):
    """The other ways to compute the same, by name."""
    found = {
        "SciPy": lambda: scipy_sum(x, kernel, stride),
        "plain loop": lambda: plain_loop(x, kernel, stride),
    }
    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)
        tensors = torch.from_numpy(x)[None], torch.from_numpy(kernel)
        found["PyTorch"] = lambda: torch.nn.functional.conv2d(*tensors, stride=stride)[0]
    return found


def seconds(call):
    """The best time of as many calls as half a second holds, and of three at least."""
    times = []
    while len(times) < 3 or sum(times) < 0.5:
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return min(times)


def main():
    rng = np.random.default_rng(0)
    for channels, size, kernels, kernel_size, stride in CASES:
        x = rng.standard_normal((channels, size, size))
        kernel = rng.standard_normal((kernels, channels, kernel_size, kernel_size))
        layer = Conv(size, kernel_size, stride=stride)
        others = contenders(x, kernel, stride)
        for other in others.values():
            np.testing.assert_allclose(np.asarray(other()), layer.apply(x, kernel), atol=1e-9)
        ours = seconds(partial(layer.apply, x, kernel))
        ratios = ", ".join(f"{name} {seconds(run) / ours:.4g}×" for name, run in others.items())
        name = f"{channels}×{size}×{size} to {kernels}, k {kernel_size}, s {stride}"
        print(f"{name:28} {1000 * ours:8.3f} ms   that time: {ratios}")


if __name__ == "__main__":
    main()
