"""Where the window stands: the index of an output cell, as a user gives it."""

from __future__ import annotations

from .axis import whole
from .shapes import Shape


def index_of(position: object) -> Shape:
    """The index that a position gives.

    Parameters
    ----------
    position : tuple, list or array of int, or int
        One integer for each axis of the output; on one axis it may stand alone.

    Returns
    -------
    tuple of int
        The index.

    Raises
    ------
    TypeError
        For anything else, or a number that is no integer.

    Examples
    --------
    >>> index_of([1, 2]), index_of(3)
    ((1, 2), (3,))
    """
    # What NumPy holds as Python's own numbers, without a need for NumPy.
    plain: object = position.tolist() if hasattr(position, "tolist") else position
    numbers = plain if isinstance(plain, (tuple, list)) else [plain]
    return tuple(whole(n, "an index in position") for n in numbers)


def inside(position: object, output: Shape) -> Shape:
    """The index that a position gives, refused where the output has no such cell.

    Parameters
    ----------
    position : tuple, list or array of int, or int
        As in `index_of`.
    output : tuple of int
        The output's shape.

    Returns
    -------
    tuple of int
        The index.

    Raises
    ------
    TypeError
        As in `index_of`.
    ValueError
        Where it has too many numbers or too few, or one is outside.

    Examples
    --------
    >>> inside([3, 0], (3, 3))
    Traceback (most recent call last):
    ...
    ValueError: position (3, 0) is not in the output, whose size is (3, 3): 3 is not from 0 to 2
    """
    index = index_of(position)
    wrong = [
        f"{n} is not from 0 to {o - 1}"
        for n, o in zip(index, output, strict=False)
        if not 0 <= n < o
    ]
    if len(index) != len(output):
        count = f"{len(output)} {'index' if len(output) == 1 else 'indices'}"
        wrong = [f"it needs {count}, not {len(index)}"]
    if wrong:
        raise ValueError(
            f"position {index} is not in the output, whose size is {output}: {wrong[0]}"
        )
    return index
