"""What a layer comes to, by brute force: lines built cell by cell, windows slid along them.

Plain lists only, and neither implementation.
"""

from itertools import product

COMMON = {"stride": 1, "padding": 0, "dilation": 1}
DEFAULTS = {
    "Conv": {**COMMON, "stretch": 1, "groups": 1},
    "ConvTranspose": {**COMMON, "output_padding": 0, "groups": 1},
    "MaxPool": {**COMMON, "ceil_mode": False},
    "AvgPool": {**COMMON, "ceil_mode": False, "count_include_pad": True},
}


def offsets(kernel, dilation):
    """Where the window's cells stand, counted from its first."""
    return [j * dilation for j in range(kernel)]


def line(size, before, after, stretch=1):
    """The padded line: numbers of input cells, "zero" between them, "pad" around them."""
    cells = []
    for n in range(size):
        cells += ["zero"] * (stretch - 1) * (n > 0) + [n]
    cells = ["pad"] * before + cells + ["pad"] * after
    for _ in range(-before):
        cells = cells[1:]
    for _ in range(-after):
        cells = cells[:-1]
    return cells


def starts(cells, reach, stride):
    """Where windows start that fit on the line."""
    return [p for p in range(len(cells)) if p % stride == 0 and p + reach < len(cells)]


def ceil_starts(cells, reach, stride, after):
    """The same in ceil mode: a window more while the one before ends short of the line's end."""
    found = [
        p for p in range(len(cells)) if p % stride == 0 and p - stride + reach < len(cells) - 1
    ]
    end_of_input = len(cells) - max(after, 0)
    if len(found) > 1 and found[-1] >= end_of_input:
        found.pop()
    return found


def named(name, size, kernel, stride, dilation):
    """What a name of padding asks for."""
    reach = offsets(kernel, dilation)[-1]
    if name == "valid":
        return [0, 0]
    if name == "half":
        return [(reach + 1) // 2] * 2
    if name == "full":
        return [reach, reach]
    if name == "causal":
        return [reach, 0]
    # "same": the least padding with which as many windows fit as strides fit into the line.
    wanted = len(range(0, size, stride))
    total = 0
    while len(starts(line(size, 0, total), reach, stride)) < wanted:
        total += 1
    halves = [total // 2, total - total // 2]
    return halves if name == "same" else halves[::-1]


def named_transposed(name, size, kernel, stride, dilation):
    """What a name of padding takes off a transposed layer's output."""
    if not name.startswith("same"):
        return named(name, size, kernel, stride, dilation)
    reach = offsets(kernel, dilation)[-1]
    excess = (size - 1) * stride + reach + 1 - size * stride
    if excess < 0:
        return [0, excess]
    halves = [excess // 2, excess - excess // 2]
    return halves if name == "same" else halves[::-1]


def pads(spec, n):
    """(before, after) on axis n."""
    padding = spec["padding"]
    if isinstance(padding, str):
        sizes = [spec[name][n] for name in ("input_size", "kernel_size", "stride", "dilation")]
        if spec["type"] == "ConvTranspose":
            return named_transposed(padding, *sizes)
        sizes[0] = len(line(sizes[0], 0, 0, spec.get("stretch", [1] * 9)[n]))
        return named(padding, *sizes)
    entry = padding[n] if isinstance(padding, list) else padding
    return entry if isinstance(entry, list) else [entry, entry]


def slide(spec, n):
    """Along axis n, for every window: [(kernel cell, input cell or what else is there)]."""
    before, after = pads(spec, n)
    size, kernel, stride = (spec[name][n] for name in ("input_size", "kernel_size", "stride"))
    steps = offsets(kernel, spec["dilation"][n])
    cells = line(size, before, after, spec.get("stretch", [1] * 9)[n])
    if spec.get("ceil_mode"):
        found = ceil_starts(cells, steps[-1], stride, after)
    else:
        found = starts(cells, steps[-1], stride)
    beyond = ["beyond"] * (steps[-1] + 1)
    windows = [[(j, [*cells, *beyond][p + step]) for j, step in enumerate(steps)] for p in found]
    left_over = len(cells) - (found[-1] + steps[-1] + 1) if found else None
    return windows, left_over


def scatter(spec, n):
    """Along axis n of a transposed layer, for every output cell: [(kernel cell, input cell)]."""
    before, after = pads(spec, n)
    size, kernel, stride = (spec[name][n] for name in ("input_size", "kernel_size", "stride"))
    steps = offsets(kernel, spec["dilation"][n])
    whole = [[] for _ in range((size - 1) * stride + steps[-1] + 1 + spec["output_padding"][n])]
    for cell in range(size):
        for j, step in enumerate(steps):
            whole[cell * stride + step].append((j, cell))
    return [whole[p] if p != "pad" else [] for p in line(len(whole), -before, -after)]


def flat(array):
    """The numbers of nested lists, in reading order."""
    return [n for part in array for n in flat(part)] if isinstance(array, list) else [array]


def nested(numbers, shape):
    """Numbers in reading order as nested lists."""
    if len(shape) <= 1:
        return list(numbers)
    step = len(numbers) // shape[0]
    return [nested(numbers[n * step : (n + 1) * step], shape[1:]) for n in range(shape[0])]


def some_numbers(shape, seed):
    """Small integers that repeat in no direction and are the same in every run."""
    count = 1
    for size in shape:
        count *= size
    return nested([(5 * n * n + 3 * n + seed) % 11 - 4 for n in range(count)], shape)


def at(array, index):
    """A number of nested lists."""
    for n in index:
        array = array[n]
    return array


def real(meetings):
    """The kernel and input index where a window's cell meets a real cell on every axis."""
    return [
        (tuple(j for j, _ in pairs), tuple(cell for _, cell in pairs))
        for pairs in product(*meetings)
        if all(isinstance(cell, int) for _, cell in pairs)
    ]


def convolve(spec, along, x, kernel):
    """The outputs (F, *o) of x (C, *i), output channel by output channel."""
    groups = spec["groups"]
    transposed = spec["type"] == "ConvTranspose"
    outputs = len(kernel[0]) * groups if transposed else len(kernel)
    result = []
    for f in range(outputs):
        mine = [c for c in range(len(x)) if c * groups // len(x) == f * groups // outputs]
        for window in product(*along):
            total = 0
            for c, (j, cell) in product(mine, real(window)):
                weights = kernel[c][f % len(kernel[0])] if transposed else kernel[f][mine.index(c)]
                total += at(weights, j) * at(x[c], cell)
            result.append(total)
    return nested(result, [outputs, *map(len, along)])


def pool(spec, along, x):
    """The outputs (C, *o) of x (C, *i): maxima (null for −∞), or averages as [sum, divisor]."""
    result = []
    for c in range(len(x)):
        for window in product(*along):
            seen = [at(x[c], cell) for _, cell in real(window)]
            if spec["type"] == "MaxPool":
                result.append(max(seen, default=None))
                continue
            divisor = 1
            for pairs in window:
                inside = [cell for _, cell in pairs if cell != "beyond"]
                divisor *= len(inside if spec["count_include_pad"] else [*filter(is_real, inside)])
            result.append([sum(seen), divisor])
    return nested(result, [len(x), *map(len, along)])


def is_real(cell):
    """Whether a place of the line holds an input cell."""
    return isinstance(cell, int)


def vector(kind, input_size, kernel_size, channels=None, **settings):
    """One layer with arrays and everything that comes out, or the refusal where nothing can."""
    given = {"type": kind, "input_size": input_size, "kernel_size": kernel_size, **settings}
    spec = {**DEFAULTS[kind], **given}
    if "Pool" in kind and "stride" not in settings:
        spec["stride"] = kernel_size
    axes = len(input_size)
    for name in ("kernel_size", "stride", "dilation", "stretch", "output_padding"):
        if isinstance(spec.get(name), int):
            spec[name] = [spec[name]] * axes
    case = {"spec": given, "pads": [pads(spec, n) for n in range(axes)]}
    if kind == "ConvTranspose":
        along = [scatter(spec, n) for n in range(axes)]
        # The window on the stretched input holds the kernel turned by 180°.
        turned = [
            [sorted((size - 1 - j, cell) for j, cell in pairs) for pairs in line]
            for line, size in zip(along, spec["kernel_size"], strict=True)
        ]
        case["taps"] = turned
        case["left_over"] = [0] * axes
    else:
        along, case["left_over"] = zip(*(slide(spec, n) for n in range(axes)), strict=True)
        case["taps"] = [
            [[pair for pair in pairs if is_real(pair[1])] for pairs in line] for line in along
        ]
    if not all(along):
        return {"spec": given, "error": "value", "says": []}
    case["output_size"] = [len(line) for line in along]
    inputs, outputs = channels or (1, 1)
    x = some_numbers([inputs, *input_size], 3)
    if "Pool" in kind:
        result = pool(spec, along, x)
        case["x"] = x if channels else x[0]
    else:
        groups = spec["groups"]
        lead = [outputs, inputs // groups] if kind == "Conv" else [inputs, outputs // groups]
        kernel = some_numbers([*lead, *spec["kernel_size"]], 7)
        result = convolve(spec, along, x, kernel)
        case["x"], case["kernel"] = (x, kernel) if channels else (x[0], kernel[0][0])
    case["output"] = result if channels else result[0]
    return case
