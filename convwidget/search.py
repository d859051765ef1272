"""The settings along one axis that reach an output size, and what sets one way above another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from .layers import AvgPool, ConvTranspose, Layer, MaxPool
from .layers.settings import named_pads

KERNELS = range(1, 12)
STRIDES = range(1, 9)
MOST_PADDING = 64
AROUND = 2  # kernels within this of that of `near` are searched besides
RANKS = 64  # of settings with an own answer for each axis, no fewer than these are compared

Pair = tuple[int, int]
Change = tuple[str, int | Pair, int]  # a setting, what it becomes, and by how much it changes


class Near(NamedTuple):
    """The settings of a layer on one axis, and what else decides its size."""

    kernel: int
    stride: int
    padding: str | Pair
    extra: int
    pads: Pair
    others: tuple[tuple[str, Any], ...]


class Way(NamedTuple):
    """Settings that reach the size on one axis; `extra` is output_padding."""

    kernel: int
    stride: int
    pads: Pair
    kept: bool  # the padding is the one given, or that of `near`
    extra: int
    input: int
    left_over: int


class Question(NamedTuple):
    """What is asked on one axis: None is to be found."""

    kind: type[Layer]
    output: int
    input: int | None
    kernel: int | None
    stride: int | None
    padding: str | Pair | None
    dilation: int
    extra: int | None
    near: Near | None

    def ways(self, limit: int) -> Iterator[Way]:
        """All settings that reach the size; of many input sizes the `limit` smallest."""
        seen = set()
        for kernel in self._kernels():
            for stride in self._strides(kernel):
                for padding, kept in self._paddings(kernel):
                    for size, extra in self._inputs(kernel, stride, padding, limit):
                        made = self._layer(size, kernel, stride, padding, extra)
                        if made is None or made.output_size != (self.output,):
                            continue
                        settings = (kernel, stride, made.pads[0], extra, size)
                        if settings not in seen:  # a name can come to a number's padding
                            seen.add(settings)
                            left_over = made.axes[0].left_over
                            yield Way(kernel, stride, made.pads[0], kept, extra, size, left_over)

    def _kernels(self) -> list[int]:
        if self.kernel is not None:
            return [self.kernel]
        around = self.near.kernel if self.near else 1
        return sorted({*KERNELS, *range(max(1, around - AROUND), around + AROUND + 1)})

    def _strides(self, kernel: int) -> set[int]:
        if self.stride is not None:
            return {self.stride}
        own = {kernel} if self._is_pool else set()
        return {*STRIDES, *own, *({self.near.stride} if self.near else ())}

    def _paddings(self, kernel: int) -> Iterator[tuple[str | Pair, bool]]:
        kept = self.near.padding if self.padding is None and self.near else self.padding
        if kept is not None:
            yield kept, True
        if self.padding is None:
            window = self._window(kernel)
            most = window // 2 if self._is_pool else window - 1
            for p in sorted({*range(min(most, MOST_PADDING) + 1), window // 2, most}):
                yield (p, p), False

    def _inputs(
        self, kernel: int, stride: int, padding: str | Pair, limit: int
    ) -> Iterator[tuple[int, int]]:
        """Pairs (input size, output padding) that can reach the size: its formula, inverted."""
        window = self._window(kernel)
        total = self._padding(padding, window, stride)
        if self.kind is not ConvTranspose:
            if self.input is not None:
                yield self.input, 0
                return
            least = (self.output - 1) * stride + window - total
            for size in range(max(1, least), min(least + stride, max(1, least) + limit)):
                yield size, 0
            return
        stamps = self.output - window + total  # s(i′ − 1) + a
        extra = self.extra
        if self.input is not None:
            yield self.input, stamps - stride * (self.input - 1) if extra is None else extra
        elif extra is not None:
            if (stamps - extra) % stride == 0:
                yield (stamps - extra) // stride + 1, extra
        else:
            most = min(stamps, max(stride, self.dilation) - 1)
            for more in islice(range(stamps % stride, most + 1, stride), limit):
                yield (stamps - more) // stride + 1, more

    def _padding(self, padding: str | Pair, window: int, stride: int) -> int:
        """How much a padding is on both sides together."""
        if not isinstance(padding, str):
            return sum(padding)
        if padding.startswith("same"):
            # What makes the smallest input that gives o, and in a transposed layer the output i′·s.
            return window - stride if self.kind is ConvTranspose else window - 1
        return sum(named_pads(padding, 1, window, stride))

    def _window(self, kernel: int) -> int:
        return self.dilation * (kernel - 1) + 1

    @property
    def _is_pool(self) -> bool:
        return self.kind in (MaxPool, AvgPool)

    def _layer(
        self, size: int, kernel: int, stride: int, padding: str | Pair, extra: int
    ) -> Layer | None:
        """The layer on this axis alone, or None where it cannot be."""
        settings: dict[str, Any] = dict(self.near.others) if self.near else {}
        if self.kind is ConvTranspose:
            settings["output_padding"] = extra
        pads = padding if isinstance(padding, str) else (padding,)
        kind: Any = self.kind
        try:
            return kind(
                (size,), kernel, stride=stride, padding=pads, dilation=self.dilation, **settings
            )
        except ValueError:
            return None

    def cost(self, way: Way) -> tuple[int, ...]:
        """What is smaller the nearer or simpler a way is; see the notes of `solve`."""
        kernel, stride, (before, after), _, extra, size, left_over = way
        numbers = (kernel, stride, before + after, before, extra, size)
        if self.near:
            return (*distance(self.changes(way)), *numbers)
        window = self._window(kernel)
        transposed = self.kind is ConvTranspose
        if transposed:
            misses = window < stride or extra > max(after, 0)
        else:
            misses = (window < stride and self.output > 1) or left_over > max(after, 0)
        centred = before + after in (0, window - 1, window - stride if transposed else 0)
        default = kernel if self._is_pool else 1
        away = (stride != default) + any(way.pads) + (extra > 0)
        return (misses, not centred, kernel, away, *numbers)

    def changes(self, way: Way) -> set[Change]:
        """What a way changes in `near` of what is searched."""
        if self.near is None:
            return set()
        pads = [abs(a - b) for a, b in zip(way.pads, self.near.pads, strict=True)]
        changes: set[Change] = {
            ("kernel_size", way.kernel, abs(way.kernel - self.near.kernel)),
            ("stride", way.stride, abs(way.stride - self.near.stride)),
            ("output_padding", way.extra, abs(way.extra - self.near.extra)),
        }
        changes = {change for change in changes if change[2]}
        return changes if way.kept else changes | {("padding", way.pads, max(pads))}

    def shared(self, way: Way) -> tuple[object, ...]:
        """What is the same on all axes where their settings are."""
        return (
            way.kernel if self.kernel is None else None,
            way.stride if self.stride is None else None,
            way.kept or way.pads,
            way.extra if self.extra is None else None,
            way.left_over - sum(way.pads) if self.input is None else None,  # i − (o − 1)s − k̂
        )


def distance(changes: Iterable[Change]) -> tuple[int, int]:
    """How many changes there are, and how large they are together."""
    moves = [move for _, _, move in changes]
    return len(moves), sum(moves)
