"""Run the generated programs in the frameworks themselves, and compare with our numbers.

A program of its own, and no part of the tests, for the frameworks are large. Where one is
installed beside convwidget, this runs its programs for a few hundred layers:

    pip install convwidget torch keras jax onnx onnxruntime
    KERAS_BACKEND=jax python tests/python/run_frameworks.py PyTorch Keras JAX ONNX

(Keras on any backend.) Every program is run twice: as it stands, where it must print the shape
that its comment states, and with an input and a kernel of ours, where it must give our numbers.
`--seed 2 --count 20` draws other layers, and more of each type and number of dimensions.
"""

import argparse
import io
from collections import Counter
from contextlib import redirect_stdout
from random import Random

import numpy as np

from convwidget import AvgPool, Conv, ConvTranspose, MaxPool
from convwidget.frameworks import FRAMEWORKS, code

TYPES = (Conv, ConvTranspose, MaxPool, AvgPool)
NAMES = ("valid", "half", "full", "same", "same_lower", "causal")
LOWEST = float(np.finfo(np.float32).min)


def layers(seed=1, count=12):
    """Layers of each type in 1, 2 and 3 dimensions, `count` of each, with every setting in turn."""
    random = Random(seed)
    drawn = []
    for kind in TYPES:
        for n in (1, 2, 3):
            found = []
            while len(found) < count:
                try:
                    found.append(draw(random, kind, n, len(found)))
                except ValueError:
                    continue  # no window fits: draw again
            drawn += found
    return drawn


def draw(random, kind, n, turn):
    """A layer; its turn says in which form the padding is given."""

    def sizes(low, high):
        return tuple(random.randint(low, high) for _ in range(n))

    settings = {"stride": sizes(1, 3), "dilation": random.choice(((1,) * n, sizes(1, 2)))}
    settings["padding"] = (
        random.randint(0, 2),
        random.choice(NAMES),
        tuple((random.randint(0, 3), random.randint(0, 3)) for _ in range(n)),
        tuple((random.randint(-2, 2), random.randint(-2, 2)) for _ in range(n)),
    )[turn % 4]
    if turn % 3 == 0:
        settings["stride"] = random.randint(1, 3)
        settings["dilation"] = 1
    if kind is ConvTranspose and not str(settings["padding"]).startswith("same"):
        settings["output_padding"] = sizes(0, 2)
    if kind is Conv and random.random() < 0.4:
        settings["stretch"] = sizes(1, 3)
    if kind in (Conv, ConvTranspose) and random.random() < 0.6:
        groups = random.randint(1, 2)
        settings["groups"] = groups
        settings["in_channels"] = groups * random.randint(1, 2)
        settings["out_channels"] = groups * random.randint(1, 2)
    if kind in (MaxPool, AvgPool):
        settings["ceil_mode"] = random.random() < 0.5
    if kind is AvgPool:
        settings["count_include_pad"] = random.random() < 0.5
    return kind(sizes(3, 7 if n < 3 else 5), sizes(1, 4 if n < 3 else 3), **settings)


def operands(layer, seed=1):
    """An input (1, C, *i) and a kernel, or None for a pool: small integers."""
    random = np.random.default_rng(seed)
    groups = getattr(layer, "groups", 1)
    inputs = getattr(layer, "in_channels", None) or groups
    outputs = getattr(layer, "out_channels", None) or groups
    x = random.integers(-9, 10, (1, inputs, *layer.input_size))
    if isinstance(layer, MaxPool | AvgPool):
        return x, None
    first, second = (outputs, inputs) if isinstance(layer, Conv) else (inputs, outputs)
    return x, random.integers(-9, 10, (first, second // groups, *layer.kernel_size))


def ours(layer, x, kernel):
    """Our output, or None where there is nothing to average."""
    try:
        return layer.apply(x) if kernel is None else layer.apply(x, kernel)
    except ValueError:
        return None


def printed(layer, framework):
    """What a program prints as it stands, and what its comment says that it prints."""
    text = code(layer, framework)
    with redirect_stdout(io.StringIO()) as out:
        exec(compile(text, f"{framework}.py", "exec"), {})
    return out.getvalue().strip(), text.strip().rpartition("  # ")[2]


def output(layer, framework, x, kernel):
    """What a program computes of these arrays in place of its random ones, channels first."""
    lines = code(layer, framework).splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("x = "))
    after = at + 1 + lines[at + 1].startswith("w = ")
    names = {}
    exec("".join(lines[:at]), names)
    x = x.astype(np.float32)
    kernel = None if kernel is None else kernel.astype(np.float32)
    GIVE[framework](names, layer, x, kernel)
    with redirect_stdout(io.StringIO()):
        exec("".join(lines[after:]), names)
    return np.asarray(TAKE.get(framework, np.asarray)(names["y"]))


def give_torch(names, layer, x, kernel):
    torch = names["torch"]
    names["x"] = torch.from_numpy(x)
    if kernel is not None:
        assert names["layer"].weight.shape == kernel.shape
        names["layer"].weight.data = torch.from_numpy(kernel)


def give_keras(names, layer, x, kernel):
    names["x"] = names["keras"].ops.convert_to_tensor(np.moveaxis(x, 1, -1))
    if kernel is None:
        return
    made = names.get("layers") or [names["layer"]]
    parts = [kernel] if isinstance(layer, Conv) else np.split(kernel, len(made))
    for one, part in zip(made, parts, strict=True):
        last = layer.groups * part.shape[1] if isinstance(layer, Conv) else part.shape[0]
        one.build((*[None] * x.ndim, last)[1:])
        one.kernel.assign(np.moveaxis(part, (0, 1), (-1, -2)))


def give_jax(names, layer, x, kernel):
    names["x"], names["w"] = (
        a if a is None else names["jax"].numpy.asarray(a) for a in (x, kernel)
    )


def give_onnx(names, layer, x, kernel):
    names["x"], names["w"] = x, kernel


GIVE = dict(zip(FRAMEWORKS, (give_torch, give_keras, give_jax, give_onnx), strict=True))
TAKE = {
    "PyTorch": lambda y: y.detach().numpy(),
    "Keras": lambda y: np.moveaxis(np.asarray(y.detach() if hasattr(y, "detach") else y), -1, 1),
}


def check(layer, framework, seed=1):
    """Fail with an AssertionError where a program does not do what the layer does."""
    shown, stated = printed(layer, framework)
    assert shown == stated, f"prints {shown} instead of {stated}"
    x, kernel = operands(layer, seed)
    channels = getattr(layer, "out_channels", None) or getattr(layer, "groups", 1)
    y = output(layer, framework, x, kernel)
    assert y.shape == (1, channels, *layer.output_size), f"{y.shape}, not {layer.output_size}"
    expected = ours(layer, x, kernel)
    if expected is not None:
        # A window of padding only is −∞ here, and in ONNX Runtime the lowest float.
        expected, y = (np.maximum(array, LOWEST) for array in (expected, y))
        np.testing.assert_allclose(y, expected, rtol=1e-5, atol=1e-4)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("frameworks", nargs="*", default=FRAMEWORKS, metavar="framework")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=12)
    chosen = parser.parse_args()
    drawn = layers(chosen.seed, chosen.count)
    wrong = 0
    for framework in chosen.frameworks:
        seen = Counter()
        for layer in drawn:
            try:
                check(layer, framework)
                seen["right"] += 1
            except Exception as error:
                seen["wrong"] += 1
                reason = str(error).strip().splitlines()[:6]
                print(
                    f"{framework}: {layer!r}\n    {type(error).__name__}: " + "\n    ".join(reason)
                )
        print(f"{framework}: {seen['right']} of {len(drawn)} programs give our sizes and numbers.")
        wrong += seen["wrong"]
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
