"""The discrete convolution, and what it shares with the transposed one."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from .. import values
from ..axis import Axis, at_least
from .base import Layer
from .settings import Padding, Size, Sizes, named_pads

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ..values import Array
    from .transposed import ConvTranspose


@dataclass(frozen=True, init=False, repr=False)
class Convolution(Layer):
    """A layer with a kernel: its channels, and how its kernel's array is read."""

    groups: int
    in_channels: int | None
    out_channels: int | None

    def _set(self, **settings: object) -> None:
        for name in ("groups", "in_channels", "out_channels"):
            value = settings[name]
            if name == "groups" or value is not None:
                settings[name] = value = at_least(1, value, name)
                if value % settings["groups"]:  # type: ignore[operator]
                    raise ValueError(f"{name} {value} cannot form {settings['groups']} groups")
        super()._set(**settings)

    @abstractmethod
    def _kernel_channels(self, first: int, second: int) -> tuple[int, int]:
        """(input, output) channels of a kernel whose array begins with these two sizes."""

    def _kernel(self, kernel: ArrayLike, channels: int | None = None) -> Array:
        """The kernel as an array with both channel axes; `channels` is the input's number."""
        array = values.as_numbers(kernel, "kernel")
        n = len(self.axes)
        if array.shape[max(array.ndim - n, 0) :] != self.kernel_size or array.ndim not in (
            n,
            n + 2,
        ):
            raise ValueError(
                f"the kernel has shape {array.shape}, but the layer's is {self.kernel_size}, "
                "alone or behind two channel axes"
            )
        if array.ndim == n:
            array = array[None, None]
        if array.size == 0:
            raise ValueError(f"a kernel of shape {array.shape} has no weights")
        if array.shape[0] % self.groups:
            raise ValueError(f"a kernel of shape {array.shape} cannot form {self.groups} groups")
        inputs, outputs = self._kernel_channels(*array.shape[:2])
        for what, stated in (("input", self.in_channels), ("output", self.out_channels)):
            found = inputs if what == "input" else outputs
            if stated is not None and stated != found:
                raise ValueError(
                    f"a kernel of shape {array.shape} has {found} {what} channels, "
                    f"but the layer has {stated}"
                )
        if channels is not None and channels != inputs:
            raise ValueError(
                f"the input has {channels} channels, but a kernel of shape {array.shape} "
                f"in {self.groups} group{'s' * (self.groups > 1)} needs {inputs}"
            )
        return array

    def _operands(self, x: ArrayLike, kernel: ArrayLike) -> tuple[Array, Array]:
        """`x` and `kernel` as numbers, when their shapes agree with each other and the layer."""
        n = len(self.axes)
        x = values.as_numbers(x, "x")
        values.check_input(x, self.input_size)
        kernel = values.as_numbers(kernel, "kernel")
        if (x.ndim == n) != (kernel.ndim == n):
            raise ValueError(
                f"x of shape {x.shape} and a kernel of shape {kernel.shape} disagree: "
                "either both have channels or neither has"
            )
        channels = 1 if x.ndim == n else x.shape[-n - 1]
        kernel = self._kernel(kernel, channels)
        values.check_sums(x, kernel, channels // self.groups * prod(self.kernel_size))
        return x, kernel


@dataclass(frozen=True, init=False, repr=False)
class Conv(Convolution):
    """A discrete convolution, as deep learning has it: the kernel slides unturned.

    Where every argument is an integer the layer has two dimensions; any tuple says how many.

    Parameters
    ----------
    input_size, kernel_size : int or tuple of int
        i and k, one for all axes or one for each.
    stride, dilation : int or tuple of int
        s and d: the distance between windows, and between the cells of one window.
    padding : int, tuple or str
        p: one for all axes, one for each, a (before, after) pair for each, or a name. "valid" pads
        nothing, "half" ⌊k̂/2⌋ and "full" k̂ − 1 on both sides, "causal" k̂ − 1 before; "same" makes
        the output ⌈i/s⌉ with the odd zero after, "same_lower" with the odd zero before. A negative
        number crops.
    groups : int
        Into how many parts the channels fall; each output channel sees one part of the input.
    stretch : int or tuple of int
        t: t − 1 zeros are put between the input's cells, as in the guide's equivalent convolutions.
    in_channels, out_channels : int, optional
        Numbers of channels that the arrays must have; from the arrays where not stated.

    Raises
    ------
    TypeError
        Where an integer is needed and something else is given.
    ValueError
        Where no window fits, the settings disagree on the number of axes, or a number is out of
        range. The message has the numbers in it.

    Notes
    -----
    Relationships 1 to 6 and 15 of the guide are cases of its size, ⌊(i + 2p − k̂)/s⌋ + 1.

    Examples
    --------
    Figure 1.2 of the guide:

    >>> layer = Conv(5, 3, stride=2, padding=1)
    >>> layer.output_size
    (3, 3)
    >>> x = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
    >>> layer.apply(x, [[0, 1, 2], [2, 2, 0], [0, 1, 2]])
    array([[ 6, 17,  3],
           [ 8, 17, 13],
           [ 6,  4,  4]])
    """

    stretch: Sizes

    def __init__(
        self,
        input_size: Size,
        kernel_size: Size,
        *,
        stride: Size = 1,
        padding: Padding = 0,
        dilation: Size = 1,
        groups: int = 1,
        stretch: Size = 1,
        in_channels: int | None = None,
        out_channels: int | None = None,
    ) -> None:
        self._set(
            input_size=input_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            groups=groups,
            stretch=stretch,
            in_channels=in_channels,
            out_channels=out_channels,
        )

    def _named_pads(self, n: int, name: str) -> tuple[int, int]:
        line = self.stretch[n] * (self.input_size[n] - 1) + 1
        window = self.dilation[n] * (self.kernel_size[n] - 1) + 1
        return named_pads(name, line, window, self.stride[n])

    def _axis(self, n: int) -> Axis:
        return Axis(
            self.input_size[n],
            self.kernel_size[n],
            self.stride[n],
            *self.pads[n],
            self.dilation[n],
            self.stretch[n],
        )

    def _kernel_channels(self, first: int, second: int) -> tuple[int, int]:
        return second * self.groups, first

    def apply(self, x: ArrayLike, kernel: ArrayLike) -> Array:
        """Slide the kernel over an input.

        Parameters
        ----------
        x : array_like, shape (N, C, *input_size), (C, *input_size) or input_size
            The input.
        kernel : array_like, shape (F, C / groups, *kernel_size), or kernel_size
            The weights; without channels where `x` has none.

        Returns
        -------
        numpy.ndarray, shape (N, F, *output_size), (F, *output_size) or output_size
            The correlation, with the rank of `x`. Integers are computed in int64.

        Raises
        ------
        ValueError
            When a shape contradicts the layer, or `x` and `kernel` each other.
        TypeError
            When an array holds no numbers.

        Examples
        --------
        >>> Conv((5,), 3).apply([1, 2, 3, 4, 5], [1, 10, 100])
        array([321, 432, 543])
        """
        x, kernel = self._operands(x, kernel)
        out = values.gather(values.batch(x, len(self.axes)), kernel, self.axes, self.groups)
        return values.like(x, out, len(self.axes))

    def matrix(self, kernel: ArrayLike) -> Array:
        """Return the matrix C of section 4.1: the layer on flattened, row-major arrays.

        Parameters
        ----------
        kernel : array_like, shape (F, C / groups, *kernel_size), or kernel_size
            The weights.

        Returns
        -------
        numpy.ndarray, shape (F · ∏ output_size, C · ∏ input_size)
            ``matrix(kernel) @ x.ravel()`` is ``apply(x, kernel).ravel()``.

        Raises
        ------
        ValueError
            When it would have more than 16,777,216 entries.

        Examples
        --------
        >>> Conv((4,), 3).matrix([1, 2, 3])
        array([[1, 2, 3, 0],
               [0, 1, 2, 3]])
        """
        array = self._kernel(kernel)
        return values.matrix(array, self.axes, self.groups)

    def transposed(self) -> ConvTranspose:
        """Return the transposed convolution that goes back, to this very input size.

        Its output_padding is what this layer leaves over (a, Relationship 14).

        Raises
        ------
        ValueError
            For a stretched input, which no transposed layer gives back.

        Examples
        --------
        Figures 2.7 and 4.7:

        >>> Conv(6, 3, stride=2, padding=1).transposed()
        ConvTranspose(3, 3, stride=2, padding=1, output_padding=1)
        """
        from .transposed import ConvTranspose

        if any(stretch > 1 for stretch in self.stretch):
            raise ValueError(f"a layer with stretch {self.stretch} has no transposed layer")
        padding: Padding = self.padding
        multiple = tuple(s * o for s, o in zip(self.stride, self.output_size, strict=True))
        if padding == "causal" or (
            padding in ("same", "same_lower") and self.input_size != multiple
        ):
            padding = self.pads
        is_same = padding in ("same", "same_lower")
        return ConvTranspose(
            self.output_size,
            self.kernel_size,
            stride=self.stride,
            padding=padding,
            output_padding=0 if is_same else tuple(axis.left_over for axis in self.axes),
            dilation=self.dilation,
            groups=self.groups,
            in_channels=self.out_channels,
            out_channels=self.in_channels,
        )
