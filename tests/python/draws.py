"""Layers and arrays for Hypothesis to draw. Small numbers: every rule shows on a few cells."""

import numpy as np
from hypothesis import strategies as st

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool


def sizes(low, high, n):
    return st.tuples(*[st.integers(low, high)] * n)


def pairs(low, high, n):
    return st.tuples(*[st.tuples(st.integers(low, high), st.integers(low, high))] * n)


def dimensions(least=1, most=3):
    return st.integers(least, most)


def window(kernel, dilation):
    return tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))


@st.composite
def sliding(draw, n, *, stretched=False, least_padding=-2, padding_below_kernel=False):
    """Settings of a window that fits, for any layer that is not transposed."""
    kernel = draw(sizes(1, 3 if n < 4 else 2, n))
    dilation = draw(sizes(1, 2, n))
    stretch = draw(sizes(1, 3, n)) if stretched else (1,) * n
    size, padding = [], []
    for i, k, t, width, (before, after) in zip(
        draw(sizes(1, {1: 9, 2: 7, 3: 4, 4: 3}[n], n)),
        kernel,
        stretch,
        window(kernel, dilation),
        draw(pairs(least_padding, 3, n)),
        strict=True,
    ):
        if padding_below_kernel:
            before, after = min(before, k - 1), min(after, k - 1)
        short = max(width - ((i - 1) * t + 1 + before + after), 0)
        size.append(i - -short // t)  # as much larger as makes the window fit
        padding.append((before, after))
    found = {
        "input_size": tuple(size),
        "kernel_size": kernel,
        "stride": draw(sizes(1, 3, n)),
        "padding": tuple(padding),
        "dilation": dilation,
    }
    return {**found, "stretch": stretch} if stretched else found


@st.composite
def convs(draw, *, dims=(1, 3), stretched=True, least_padding=-2, named=True):
    n = draw(dimensions(*dims))
    settings = draw(sliding(n, stretched=stretched, least_padding=least_padding))
    if named and draw(st.booleans()):
        # "valid" is no more than 0, and would not always fit.
        settings["padding"] = draw(
            st.sampled_from(["half", "full", "same", "same_lower", "causal"])
        )
    return Conv(**settings, groups=draw(st.integers(1, 3)))


@st.composite
def transposes(draw, *, dims=(1, 3), least_padding=-2, named=True, extra_below_stride=False):
    n = draw(dimensions(*dims))
    size, kernel = draw(sizes(1, 4 if n < 3 else 3, n)), draw(sizes(1, 4 if n < 3 else 2, n))
    stride, dilation = draw(sizes(1, 3, n)), draw(sizes(1, 3, n))
    bounds = stride if extra_below_stride else map(max, stride, dilation)
    extra = tuple(draw(st.integers(0, bound - 1)) for bound in bounds)
    padding = []
    for i, s, width, a, (before, after) in zip(
        size,
        stride,
        window(kernel, dilation),
        extra,
        draw(pairs(least_padding, 4, n)),
        strict=True,
    ):
        whole = s * (i - 1) + width + a
        before = min(before, whole - 1)
        padding.append((before, min(after, whole - 1 - before)))
    name = draw(st.sampled_from([None, "valid", "same", "same_lower"])) if named else None
    if name and name.startswith("same"):
        extra = (0,) * n
    return ConvTranspose(
        size,
        kernel,
        stride=stride,
        padding=name or tuple(padding),
        output_padding=extra,
        dilation=dilation,
        groups=draw(st.integers(1, 3)),
    )


@st.composite
def pools(draw, kinds=(MaxPool, AvgPool), *, dims=(1, 3), **of_sliding):
    kind = draw(st.sampled_from(kinds))
    settings = draw(sliding(draw(dimensions(*dims)), **of_sliding))
    if kind is AvgPool:
        settings["count_include_pad"] = draw(st.booleans())
    return kind(**settings, ceil_mode=draw(st.booleans()))


def integers(draw, shape):
    """Small integers, drawn as one seed: what matters is that they differ from each other."""
    seed = draw(st.integers(0, 2**32 - 1))
    return np.random.default_rng(seed).integers(-9, 10, shape)


@st.composite
def operands(draw, layers):
    """A convolution of either kind with an x (N, C, *i) and a kernel."""
    layer = draw(layers)
    g = layer.groups
    inputs, outputs = g * draw(st.integers(1, 2)), g * draw(st.integers(1, 2))
    x = integers(draw, (draw(st.integers(1, 2)), inputs, *layer.input_size))
    channels = (outputs, inputs // g) if isinstance(layer, Conv) else (inputs, outputs // g)
    return layer, x, integers(draw, (*channels, *layer.kernel_size))


@st.composite
def pooled(draw, layers):
    """A pool with an x (N, C, *i)."""
    layer = draw(layers)
    return layer, integers(draw, (draw(st.integers(1, 2)), 2, *layer.input_size))
