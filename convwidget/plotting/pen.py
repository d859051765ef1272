"""The few marks that a picture is made of, on matplotlib's Axes, in CSS pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .geometry import Box, Point
from .palette import Palette

FAMILY = "DejaVu Sans"
"""Matplotlib brings it along, so that pictures are the same everywhere."""
BASELINE = 0.365
"""How far below its middle a digit stands, for a font of size 1."""


class Pen:
    """Draws on `ax`, whose unit is one CSS pixel; `scale` is that pixel in points.

    A mark's `gid` says what it is of, so that it can be found again in the Axes and in an SVG.
    """

    def __init__(self, ax: Any, palette: Palette, scale: float) -> None:
        self.ax = ax
        self.palette = palette
        self.scale = scale
        self._order = 1.0

    def _next(self) -> float:
        """Later marks lie over earlier ones, whatever kind they are."""
        self._order += 0.001
        return self._order

    def box(
        self,
        box: Box,
        *,
        fill: str = "none",
        line: str = "none",
        width: float = 0,
        dashed: bool = False,
        radius: float = 0,
        slashes: str | None = None,
        gid: str | None = None,
    ) -> None:
        """A rectangle, with round corners where they have a radius."""
        from matplotlib.patches import FancyBboxPatch, Patch, Rectangle

        style: dict[str, Any] = {
            "facecolor": fill,
            "edgecolor": line,
            "linewidth": width * self.scale,
            "linestyle": (0, (3, 2)) if dashed else "-",
            "hatch": slashes,
            "gid": gid,
            "zorder": self._next(),
        }
        patch: Patch = Rectangle(box[:2], *box[2:], **style)
        if radius:
            shape = f"round,pad=0,rounding_size={radius}"
            patch = FancyBboxPatch(box[:2], *box[2:], boxstyle=shape, **style)
        self.ax.add_patch(patch)

    def hatch(self, box: Box, gid: str) -> None:
        """Slanted lines over what is not used."""
        self.box(box, line=self.palette.unused, slashes="///", gid=gid)

    def outline(self, box: Box, line: str, width: float, gid: str) -> None:
        """A strong outline, set off from what it lies on by a thin line of the ground's colour."""
        self.box(box, line=self.palette.ground, width=width + 2.4, radius=3)
        self.box(box, line=line, width=width, radius=3, gid=gid)

    def ring(self, centre: Point, radius: float, *, dashed: bool, gid: str) -> None:
        """A circle."""
        from matplotlib.patches import Circle

        self.ax.add_patch(
            Circle(
                centre,
                radius,
                facecolor="none",
                edgecolor=self.palette.ink,
                linewidth=1.6 * self.scale,
                linestyle=(0, (2.2, 1.6)) if dashed else "-",
                gid=gid,
                zorder=self._next(),
            )
        )

    def lines(
        self, parts: Sequence[Sequence[Point]], colour: str, width: float, *, dashed: bool = False
    ) -> None:
        """Straight lines."""
        from matplotlib.collections import LineCollection

        self.ax.add_collection(
            LineCollection(
                parts,
                colors=colour,
                linewidths=width * self.scale,
                linestyles=(0, (3, 2)) if dashed else "-",
                zorder=self._next(),
            ),
            autolim=False,
        )

    def arrow(self, start: Point, end: Point, colour: str) -> None:
        """A thin arrow."""
        from matplotlib.patches import FancyArrowPatch

        self.ax.add_patch(
            FancyArrowPatch(
                start,
                end,
                arrowstyle="->",
                mutation_scale=11 * self.scale,
                color=colour,
                linewidth=1.4 * self.scale,
                shrinkA=0,
                shrinkB=0,
                zorder=self._next(),
            )
        )

    def text(
        self,
        at: Point,
        text: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        align: str = "center",
        halo: str | None = None,
        gid: str | None = None,
    ) -> Any:
        """A line of text whose digits are centred on a point, or begin or end there."""
        from matplotlib.patheffects import withStroke

        return self.ax.text(
            at[0],
            at[1] + BASELINE * size,
            text,
            fontsize=size * self.scale,
            color=colour,
            family=FAMILY,
            weight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            parse_math=False,
            path_effects=[withStroke(linewidth=2.5 * self.scale, foreground=halo)] if halo else [],
            gid=gid,
            zorder=self._next(),
        )

    def after(self, mark: Any, text: str, size: float, colour: str) -> None:
        """More text on the line of a text that stands already."""
        self.ax.annotate(
            text,
            xy=(1, 0),
            xycoords=mark,
            xytext=(0.55 * size * self.scale, 0),
            textcoords="offset points",
            fontsize=size * self.scale,
            color=colour,
            family=FAMILY,
            ha="left",
            va="bottom",
            parse_math=False,
            zorder=self._next(),
        )

    def image(self, box: Box, colours: Any, gid: str) -> None:
        """Colours, a cell each: (rows, columns, 3), or 4 where some cells are clear."""
        self.ax.imshow(
            colours,
            extent=(box.x, box.x + box.width, box.y + box.height, box.y),
            interpolation="nearest",
            gid=gid,
            zorder=self._next(),
        )
