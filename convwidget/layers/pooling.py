"""Pooling: a window and a rule, and nothing to learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import values
from ..axis import Axis
from .base import Layer
from .settings import Padding, Size, named_pads, switch

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ..values import Array


@dataclass(frozen=True, init=False, repr=False)
class _Pool(Layer):
    """A layer that sums up each window by a rule, channel by channel."""

    ceil_mode: bool

    def _named_pads(self, n: int, name: str) -> tuple[int, int]:
        window = self.dilation[n] * (self.kernel_size[n] - 1) + 1
        return named_pads(name, self.input_size[n], window, self.stride[n])

    def _axis(self, n: int) -> Axis:
        return Axis(
            self.input_size[n],
            self.kernel_size[n],
            self.stride[n],
            *self.pads[n],
            self.dilation[n],
            ceil_mode=self.ceil_mode,
        )

    def _input(self, x: ArrayLike) -> Array:
        array = values.as_numbers(x, "x")
        values.check_input(array, self.input_size)
        return array


@dataclass(frozen=True, init=False, repr=False)
class MaxPool(_Pool):
    """Max pooling: the largest cell of each window. Padding counts as −∞.

    Parameters
    ----------
    input_size, kernel_size : int or tuple of int
        i and k, one for all axes or one for each.
    stride : int or tuple of int, optional
        s; the kernel's size where not given.
    padding : int, tuple or str
        p as in `Conv`.
    dilation : int or tuple of int
        d.
    ceil_mode : bool
        Round the number of windows up, so that the last may hang over the end. A last window that
        would start past the input is dropped.

    Raises
    ------
    TypeError
        Where an integer or boolean is needed and something else is given.
    ValueError
        Where no window fits, or a number is out of range.

    Notes
    -----
    Relationship 7 of the guide is its size without padding, ⌊(i − k)/s⌋ + 1.

    Examples
    --------
    Figure 1.6 of the guide:

    >>> x = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
    >>> MaxPool(5, 3, stride=1).apply(x)
    array([[3, 3, 3],
           [3, 3, 3],
           [3, 2, 3]])
    """

    def __init__(
        self,
        input_size: Size,
        kernel_size: Size,
        *,
        stride: Size | None = None,
        padding: Padding = 0,
        dilation: Size = 1,
        ceil_mode: bool = False,
    ) -> None:
        self._set(
            input_size=input_size,
            kernel_size=kernel_size,
            stride=kernel_size if stride is None else stride,
            padding=padding,
            dilation=dilation,
            ceil_mode=switch(ceil_mode, "ceil_mode"),
        )

    def apply(self, x: ArrayLike) -> Array:
        """Take the maximum of each window.

        Parameters
        ----------
        x : array_like, shape (N, C, *input_size), (C, *input_size) or input_size
            The input.

        Returns
        -------
        numpy.ndarray, shape (N, C, *output_size), (C, *output_size) or output_size
            Integers stay int64, unless a window sees padding only: that is −∞, and so floats.

        Raises
        ------
        ValueError
            When the shape contradicts the layer.
        TypeError
            When the array holds no numbers.

        Examples
        --------
        >>> MaxPool((5,), 2, ceil_mode=True).apply([1, 2, 3, 4, 5])
        array([2, 4, 5])
        """
        return values.maximum(self._input(x), self.axes)


@dataclass(frozen=True, init=False, repr=False)
class AvgPool(_Pool):
    """Average pooling: the mean of each window.

    Parameters
    ----------
    input_size, kernel_size : int or tuple of int
        i and k, one for all axes or one for each.
    stride : int or tuple of int, optional
        s; the kernel's size where not given.
    padding : int, tuple or str
        p as in `Conv`.
    dilation : int or tuple of int
        d.
    ceil_mode : bool
        Round the number of windows up, as in `MaxPool`.
    count_include_pad : bool
        Whether the divisor counts the cells of padding. Cells beyond the padding, which the last
        window of ceil mode may see, are never counted.

    Raises
    ------
    TypeError
        Where an integer or boolean is needed and something else is given.
    ValueError
        Where no window fits, or a number is out of range.

    Examples
    --------
    >>> AvgPool((5,), 2, ceil_mode=True).apply([1, 2, 3, 4, 5])
    array([1.5, 3.5, 5. ])
    """

    count_include_pad: bool

    def __init__(
        self,
        input_size: Size,
        kernel_size: Size,
        *,
        stride: Size | None = None,
        padding: Padding = 0,
        dilation: Size = 1,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        self._set(
            input_size=input_size,
            kernel_size=kernel_size,
            stride=kernel_size if stride is None else stride,
            padding=padding,
            dilation=dilation,
            ceil_mode=switch(ceil_mode, "ceil_mode"),
            count_include_pad=switch(count_include_pad, "count_include_pad"),
        )

    def _divisor(self) -> Array:
        divisor = values.counted(self.axes, padding=self.count_include_pad)
        if not divisor.all():
            where = ", ".join(str(int(index[0])) for index in (divisor == 0).nonzero())
            raise ValueError(
                f"the window of output[{where}] sees padding only, and padding is not counted: "
                "there is nothing to average"
            )
        return divisor

    def apply(self, x: ArrayLike) -> Array:
        """Take the mean of each window.

        Parameters
        ----------
        x : array_like, shape (N, C, *input_size), (C, *input_size) or input_size
            The input.

        Returns
        -------
        numpy.ndarray, shape (N, C, *output_size), (C, *output_size) or output_size
            Floats keep their type; integers give float64.

        Raises
        ------
        ValueError
            When the shape contradicts the layer, or a window has nothing that counts.
        TypeError
            When the array holds no numbers.

        Examples
        --------
        >>> AvgPool((4,), 2).apply([1, 2, 3, 5])
        array([1.5, 4. ])
        """
        return values.average(self._input(x), self.axes, self._divisor())

    def matrix(self) -> Array:
        """Return the matrix of the layer on one flattened, row-major map.

        Returns
        -------
        numpy.ndarray, shape (∏ output_size, ∏ input_size)
            ``matrix() @ x.ravel()`` is ``apply(x).ravel()``.

        Raises
        ------
        ValueError
            When it would have more than 16,777,216 entries, or a window has nothing that counts.

        Examples
        --------
        >>> AvgPool((4,), 2).matrix()
        array([[0.5, 0.5, 0. , 0. ],
               [0. , 0. , 0.5, 0.5]])
        """
        total = values.total_matrix(self.axes)
        return total / self._divisor().reshape(-1, 1)
