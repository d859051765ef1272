"""One axis of a layer: a window that slides over a stretched, padded line. Integers only."""

from dataclasses import dataclass
from operator import index

MAX_SIZE = 2**31 - 1
"""The bound of every setting and size, up to which Python and JavaScript agree exactly."""


def whole(value: object, name: str) -> int:
    """The integer that `value` is; a boolean, a fraction and a string are none."""
    if not isinstance(value, bool):
        try:
            return index(value)  # type: ignore[arg-type]
        except TypeError:
            pass
    raise TypeError(f"{name} must be an integer, not {value!r}")


def at_least(least: int, value: object, name: str) -> int:
    """An integer from `least` to the bound of all sizes."""
    number = whole(value, name)
    if number < least:
        raise ValueError(f"{name} must be at least {least}, but it is {number}")
    if number > MAX_SIZE:
        raise ValueError(f"{name} must be at most {MAX_SIZE}, but it is {number}")
    return number


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: `kernel` cells, `dilation` apart, sliding over a line in steps of `stride`.

    The line is the input with ``stretch - 1`` zeros between its cells, then `before` cells of
    padding ahead of it and `after` behind it (a negative number crops). Positions on the padded
    line count from 0; the input's cell ``n`` stands at ``before + n * stretch``.

    Parameters
    ----------
    input, kernel : int
        The sizes i and k, at least 1.
    stride, dilation, stretch : int
        s, d and t, at least 1.
    before, after : int
        Padding on either side; negative crops.
    ceil_mode : bool
        Round the number of steps up, so that the last window may hang over the padded line. A last
        window that would start past the end of the input is dropped.

    Raises
    ------
    TypeError
        Where an integer is needed and something else is given.
    ValueError
        When no window fits, or a size passes `MAX_SIZE`.

    Notes
    -----
    This is the one formula behind the guide's fifteen relationships:
    ``padded = (i - 1) * t + 1 + before + after``, ``k̂ = d * (k - 1) + 1`` and
    ``o = (padded - k̂) // s + 1``.

    Examples
    --------
    Figure 2.6 of the guide, seen along one axis:

    >>> axis = Axis(input=5, kernel=3, stride=2, before=1, after=1)
    >>> axis.padded, axis.output, axis.left_over
    (7, 3, 0)
    >>> axis.taps(0)
    ((1, 0), (2, 1))
    """

    input: int
    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    stretch: int = 1
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        for name in ("input", "kernel", "stride", "dilation", "stretch"):
            object.__setattr__(self, name, at_least(1, getattr(self, name), name))
        for name in ("before", "after"):
            object.__setattr__(self, name, at_least(-MAX_SIZE, getattr(self, name), "padding"))
        window, line = self.effective_kernel, self.padded
        for name, size in (("effective kernel", window), ("padded input", line)):
            if size > MAX_SIZE:
                raise ValueError(f"the {name} must be at most {MAX_SIZE}, but it is {size}")
        if line < 1:
            raise ValueError(
                f"padding {self.before} before and {self.after} after crops the input "
                f"({self.stretched}) to nothing"
            )
        if self.output < 1:
            raise ValueError(
                f"the kernel (effective size {window}) does not fit in the padded input ({line})"
            )

    @property
    def stretched(self) -> int:
        """The input's size with the zeros between its cells, ĩ."""
        return (self.input - 1) * self.stretch + 1

    @property
    def padded(self) -> int:
        """The line's size: stretched and padded."""
        return self.stretched + self.before + self.after

    @property
    def effective_kernel(self) -> int:
        """The window's size, k̂: the kernel's cells and the gaps between them."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def output(self) -> int:
        """The number of windows, o."""
        travel = self.padded - self.effective_kernel
        if not self.ceil_mode:
            return travel // self.stride + 1
        steps = -(-travel // self.stride)
        input_end = self.before + self.stretched + min(self.after, 0)
        if steps > 0 and steps * self.stride >= input_end:
            steps -= 1
        return steps + 1

    @property
    def left_over(self) -> int:
        """Cells behind the last window; negative where that window hangs over (ceil mode)."""
        return self.padded - self.effective_kernel - (self.output - 1) * self.stride

    def start(self, output: int) -> int:
        """Where on the padded line the window of an output cell starts."""
        return output * self.stride

    def source(self, position: int) -> int | None:
        """The input cell at a position of the padded line, or None where there is none."""
        offset = position - self.before
        if not 0 <= position < self.padded or offset % self.stretch:
            return None
        cell = offset // self.stretch
        return cell if 0 <= cell < self.input else None

    def taps(self, output: int) -> tuple[tuple[int, int], ...]:
        """The pairs (kernel cell, input cell) that meet in the window of an output cell."""
        start = self.start(output)
        pairs = ((j, self.source(start + j * self.dilation)) for j in range(self.kernel))
        return tuple((j, cell) for j, cell in pairs if cell is not None)

    def counted(self, output: int) -> int:
        """How many of a window's cells lie on the padded line, and not beyond its end."""
        room = self.padded - 1 - self.start(output)
        return min(self.kernel, room // self.dilation + 1)

    def reached(self, cell: int) -> tuple[tuple[int, int], ...]:
        """The pairs (output cell, kernel cell) through which an input cell is used."""
        position = self.before + cell * self.stretch
        pairs = []
        for j in reversed(range(self.kernel)):
            start = position - j * self.dilation
            output, rest = divmod(start, self.stride)
            if rest == 0 and 0 <= output < self.output and position < self.padded:
                pairs.append((output, j))
        return tuple(pairs)
