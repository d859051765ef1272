"""The transposed convolution, and the two direct convolutions that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import values
from ..axis import Axis
from .convolution import Conv, Convolution
from .settings import Padding, Size, Sizes, named_pads

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ..values import Array


@dataclass(frozen=True, init=False, repr=False)
class ConvTranspose(Convolution):
    """A transposed convolution: each input cell adds its scaled kernel to the output.

    Stride, padding, dilation and their names are those of the direct convolution that it
    transposes, so padding crops the output.

    Parameters
    ----------
    input_size, kernel_size : int or tuple of int
        i′ and k, one for all axes or one for each.
    stride, dilation : int or tuple of int
        s and d: the distance between the places of two kernels, and between one kernel's cells.
    padding : int, tuple or str
        p as in `Conv`: what is cropped from the output. "same" makes the output i′ · s; "causal" is
        refused.
    output_padding : int or tuple of int
        a: how many more cells the output has at its end. They hold real values, not zeros.
    groups : int
        Into how many parts the channels fall.
    in_channels, out_channels : int, optional
        Numbers of channels that the arrays must have.

    Raises
    ------
    TypeError
        Where an integer is needed and something else is given.
    ValueError
        Where nothing is left of the output, output_padding reaches the larger of stride and
        dilation, or a number is out of range.

    Notes
    -----
    Relationships 8 to 14 of the guide are cases of its size, s(i′ − 1) + a + k̂ − 2p.

    Examples
    --------
    Figure 4.6 of the guide:

    >>> ConvTranspose(3, 3, stride=2, padding=1).output_size
    (5, 5)

    The cell that output_padding adds is no zero:

    >>> layer = ConvTranspose((3,), 3, stride=2, padding=1, output_padding=1)
    >>> layer.apply([1, 2, 3], [1, 10, 100])
    array([ 10, 102,  20, 203,  30, 300])
    """

    output_padding: Sizes

    def __init__(
        self,
        input_size: Size,
        kernel_size: Size,
        *,
        stride: Size = 1,
        padding: Padding = 0,
        output_padding: Size = 0,
        dilation: Size = 1,
        groups: int = 1,
        in_channels: int | None = None,
        out_channels: int | None = None,
    ) -> None:
        self._set(
            input_size=input_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            output_padding=output_padding,
            dilation=dilation,
            groups=groups,
            in_channels=in_channels,
            out_channels=out_channels,
        )

    def _named_pads(self, n: int, name: str) -> tuple[int, int]:
        if name == "causal":
            raise ValueError("padding='causal' has no meaning in a transposed convolution")
        window = self.dilation[n] * (self.kernel_size[n] - 1) + 1
        if not name.startswith("same"):
            return named_pads(name, self.input_size[n], window, self.stride[n])
        if self.output_padding[n]:
            raise ValueError(
                f"padding={name!r} makes the output {self.input_size[n] * self.stride[n]}: "
                f"output_padding must be 0, but it is {self.output_padding[n]}"
            )
        # A kernel smaller than the stride leaves the output short: it is cropped by less than 0.
        missing = min(window - self.stride[n], 0)
        before, after = named_pads(
            name, self.input_size[n] * self.stride[n], window, self.stride[n]
        )
        return before, after + missing

    def _axis(self, n: int) -> Axis:
        stride, dilation, extra = self.stride[n], self.dilation[n], self.output_padding[n]
        if extra >= max(stride, dilation):
            raise ValueError(
                f"output_padding must be smaller than the larger of stride ({stride}) "
                f"and dilation ({dilation}), but it is {extra}"
            )
        before, after = self.pads[n]
        window = dilation * (self.kernel_size[n] - 1) + 1
        whole = stride * (self.input_size[n] - 1) + window + extra
        if whole - before - after < 1:
            raise ValueError(
                f"padding {before} before and {after} after leaves nothing of the output ({whole})"
            )
        return Axis(
            self.input_size[n],
            self.kernel_size[n],
            before=window - 1 - before,
            after=window - 1 - after + extra,
            dilation=dilation,
            stretch=stride,
        )

    def _kernel_channels(self, first: int, second: int) -> tuple[int, int]:
        return first, second * self.groups

    def direct(self) -> Conv:
        """Return the convolution that this layer transposes.

        Where output_padding reaches the stride (dilation allows it) the convolution crops the cells
        that would give it a window more.

        Examples
        --------
        >>> ConvTranspose(3, 3, stride=2, padding=1, output_padding=1).direct()
        Conv(6, 3, stride=2, padding=1)
        """
        crop = [a - a % s for a, s in zip(self.output_padding, self.stride, strict=True)]
        padding: Padding = self.padding
        if any(crop):
            padding = tuple((b, a - c) for (b, a), c in zip(self.pads, crop, strict=True))
        return Conv(
            self.output_size,
            self.kernel_size,
            stride=self.stride,
            padding=padding,
            dilation=self.dilation,
            groups=self.groups,
            in_channels=self.out_channels,
            out_channels=self.in_channels,
        )

    def equivalent(self) -> Conv:
        """Return the guide's equivalent convolution: over the stretched input, at stride 1.

        Its padding is k̂ − 1 − p, and output_padding more at the end; negative padding crops. Its
        kernel is `equivalent_kernel`.

        Examples
        --------
        >>> ConvTranspose(3, 3, stride=2, padding=1).equivalent()
        Conv(3, 3, padding=1, stretch=2)
        """
        return Conv(
            self.input_size,
            self.kernel_size,
            padding=tuple((axis.before, axis.after) for axis in self.axes),
            dilation=self.dilation,
            groups=self.groups,
            stretch=self.stride,
            in_channels=self.in_channels,
            out_channels=self.out_channels,
        )

    def equivalent_kernel(self, kernel: ArrayLike) -> Array:
        """Return the kernel of `equivalent`: turned by 180°, channels swapped within each group.

        Parameters
        ----------
        kernel : array_like, shape (C, F / groups, *kernel_size), or kernel_size
            This layer's weights.

        Returns
        -------
        numpy.ndarray, shape (F, C / groups, *kernel_size), or kernel_size

        Examples
        --------
        >>> ConvTranspose((3,), 3).equivalent_kernel([1, 2, 3])
        array([3, 2, 1])
        """
        n = len(self.axes)
        array = self._kernel(kernel)
        first, second = array.shape[:2]
        grouped = array.reshape(self.groups, first // self.groups, second, *self.kernel_size)
        swapped = grouped.swapaxes(1, 2).reshape(
            self.groups * second, first // self.groups, *self.kernel_size
        )
        turned = values.turned(swapped, n)
        return turned[0, 0] if values.as_numbers(kernel, "kernel").ndim == n else turned

    def apply(self, x: ArrayLike, kernel: ArrayLike) -> Array:
        """Compute the output.

        Parameters
        ----------
        x : array_like, shape (N, C, *input_size), (C, *input_size) or input_size
            The input.
        kernel : array_like, shape (C, F / groups, *kernel_size), or kernel_size
            The weights; without channels where `x` has none.

        Returns
        -------
        numpy.ndarray, shape (N, F, *output_size), (F, *output_size) or output_size
            With the rank of `x`. Integers are computed in int64.

        Raises
        ------
        ValueError
            When a shape contradicts the layer, or `x` and `kernel` each other.
        TypeError
            When an array holds no numbers.

        Examples
        --------
        >>> ConvTranspose((2,), 3, stride=2).apply([1, 2], [1, 10, 100])
        array([  1,  10, 102,  20, 200])
        """
        x, kernel = self._operands(x, kernel)
        return self.equivalent().apply(
            x, self.equivalent_kernel(kernel[0, 0] if x.ndim == len(self.axes) else kernel)
        )

    def matrix(self, kernel: ArrayLike) -> Array:
        """Return the matrix of this layer: that of the convolution it transposes, transposed.

        Parameters
        ----------
        kernel : array_like, shape (C, F / groups, *kernel_size), or kernel_size
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
        >>> ConvTranspose((2,), 3).matrix([1, 2, 3])
        array([[1, 0],
               [2, 1],
               [3, 2],
               [0, 3]])
        """
        return self.direct().matrix(kernel).T
