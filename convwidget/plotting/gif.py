"""Animations as GIFs: one palette for all frames, and of each frame only what differs."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..values import Array

COLOURS = 256
LEVELS = 32
"""Of each primary colour, by which a pixel finds its place in the palette."""
TRAILER = b";"


def write_gif(file: Path, frames: Iterable[Array], samples: Sequence[Array], interval: int) -> None:
    """Write frames of (height, width, 4) bytes; the samples are some, whose colours all have."""
    from PIL import Image
    from PIL.GifImagePlugin import getdata

    colours = Colours(samples)
    before: Array | None = None
    with file.open("wb") as out:
        for frame in frames:
            now = _packed(frame).copy()
            top, left, bottom, right = _changed(before, now)
            part = Image.fromarray(colours.places(now[top:bottom, left:right]))
            if before is None:
                out.write(_head(now.shape[0], now.shape[1], colours.palette))
            for block in getdata(part, (left, top), duration=interval):
                out.write(block)
            before = now
        out.write(TRAILER)


class Colours:
    """A palette, and where in it each colour of a picture has its nearest."""

    def __init__(self, samples: Sequence[Array]) -> None:
        import numpy as np

        pixels = np.concatenate([_packed(sample)[::2, ::2].ravel() for sample in samples])
        found, counts = np.unique(pixels, return_counts=True)
        found = found[np.argsort(-counts, kind="stable")]
        # The most frequent colours, at most one of those that look alike.
        _, first = np.unique(_bins(found), return_index=True)
        kept = found[np.sort(first)][:COLOURS]
        self.palette = np.zeros((COLOURS, 3), dtype=np.uint8)
        self.palette[: len(kept)] = kept.view(np.uint8).reshape(-1, 4)[:, :3]
        self._nearest = np.full(LEVELS**3, -1, dtype=np.int16)
        self._nearest[_bins(kept)] = np.arange(len(kept))

    def places(self, pixels: Array) -> Array:
        """The palette's place for every pixel."""
        import numpy as np

        bins = _bins(pixels)
        found = self._nearest[bins]
        if found.min() < 0:
            missing = np.unique(bins[found < 0])
            levels = np.stack([missing, missing >> 5, missing >> 10], axis=1) % LEVELS
            wanted = levels.astype(np.float32) * 255 / (LEVELS - 1)
            ours = self.palette.astype(np.float32)
            distances = np.square(ours).sum(axis=1) - 2 * wanted @ ours.T
            self._nearest[missing] = distances.argmin(axis=1)
            found = self._nearest[bins]
        return found.astype(np.uint8)


def _head(height: int, width: int, colours: Array) -> bytes:
    """What every frame shares: the size, the palette, and that the animation begins again."""
    screen = struct.pack("<HHBBB", width, height, 0xF7, 0, 0)
    for_ever = b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", 0, 0)
    return b"GIF89a" + screen + colours.tobytes() + for_ever


def _packed(frame: Array) -> Array:
    """A pixel a number, with red in the lowest byte."""
    packed: Array = frame.view("<u4")[..., 0]
    return packed


def _bins(pixels: Array) -> Array:
    """The highest bits of each primary colour: the place in the table of the nearest colours."""
    bins: Array = (pixels >> 3 & 0x1F) | (pixels >> 6 & 0x3E0) | (pixels >> 9 & 0x7C00)
    return bins


def _changed(before: Array | None, now: Array) -> tuple[int, int, int, int]:
    """The rectangle of a frame that differs from the one before: top, left, bottom, right."""
    height, width = now.shape
    if before is None:
        return 0, 0, height, width
    differs = before != now
    rows, columns = differs.any(axis=1).nonzero()[0], differs.any(axis=0).nonzero()[0]
    if not len(rows):
        return 0, 0, 1, 1
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1
