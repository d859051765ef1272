"""The few marks that a picture is made of, on matplotlib's Axes, in CSS pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .geometry import Box, Point
from .heap import FAMILY, letters, outline
from .surface import Surface

BASELINE = 0.365
"""How far below its middle a digit stands, for a font of size 1."""


class Pen(Surface):
    """Draws marks; the `gid` of one says what it is of, to be found again in Axes and in an SVG."""

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

        if self._heap and self._tilted and not dashed and not slashes:
            self._gather(outline(box, radius), fill, line, width)
            return
        style: dict[str, Any] = {
            "facecolor": fill,
            "edgecolor": line,
            "linewidth": width * self.scale,
            "linestyle": (0, (3, 2)) if dashed else "-",
            "hatch": slashes,
            "gid": gid,
            "zorder": self._next(),
            "transform": self._place,
        }
        patch: Patch = Rectangle(box[:2], *box[2:], **style)
        if radius:
            shape = f"round,pad=0,rounding_size={radius}"
            patch = FancyBboxPatch(box[:2], *box[2:], boxstyle=shape, **style)
        self._add(patch)

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

        self._add(
            Circle(
                centre,
                radius,
                facecolor="none",
                edgecolor=self.palette.ink,
                linewidth=1.6 * self.scale,
                linestyle=(0, (2.2, 1.6)) if dashed else "-",
                gid=gid,
                zorder=self._next(),
                transform=self._place,
            )
        )

    def shape(
        self,
        corners: Sequence[Point],
        fill: str,
        *,
        opacity: float,
        behind: Sequence[Point],
        gid: str,
    ) -> None:
        """A filled outline that what is below it shines through, and that an outline hides."""
        from matplotlib.patches import Polygon
        from matplotlib.path import Path

        mark = self._add(
            Polygon(
                corners,
                facecolor=fill,
                edgecolor="none",
                alpha=opacity,
                gid=gid,
                zorder=self._next(),
                transform=self._place,
            )
        )
        # A large outline with a hole, which runs round the other way.
        far = 1e4
        large = [(-far, -far), (-far, far), (far, far), (far, -far)]
        parts = [Path([*part, part[0]], closed=True) for part in (large, behind)]
        mark.set_clip_path(Path.make_compound_path(*parts), self._place)

    def lines(
        self,
        parts: Sequence[Sequence[Point]],
        colour: str,
        width: float,
        *,
        dashed: bool = False,
        opacity: float = 1,
        gid: str | None = None,
    ) -> None:
        """Straight lines."""
        from matplotlib.collections import LineCollection

        self._add(
            LineCollection(
                parts,
                colors=colour,
                linewidths=width * self.scale,
                linestyles=(0, (3, 2)) if dashed else "-",
                alpha=opacity,
                gid=gid,
                zorder=self._next(),
                transform=self._place,
            )
        )

    def arrow(self, start: Point, end: Point, colour: str) -> None:
        """A thin arrow."""
        from matplotlib.patches import FancyArrowPatch

        self._add(
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
                transform=self._place,
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

        effects = [withStroke(linewidth=2.5 * self.scale, foreground=halo)] if halo else []
        place = (at[0], at[1] + BASELINE * size)
        if self._tilted:
            return self._lettering(place, text, size, colour, bold, effects, gid)
        written = self.ax.text(
            *place,
            text,
            transform=self._place,
            fontsize=size * self.scale,
            color=colour,
            family=FAMILY,
            weight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            parse_math=False,
            path_effects=effects,
            gid=gid,
            zorder=self._next(),
        )
        self.made.append(written)
        return written

    def _lettering(
        self,
        place: Point,
        text: str,
        size: float,
        colour: str,
        bold: bool,
        effects: list[Any],
        gid: str | None,
    ) -> Any:
        """Text as an outline, since matplotlib's text always stands upright; its label says it."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        shape = letters(text, bold)
        path = Path(shape.vertices * (size, -size) + place, shape.codes)
        if self._heap and not effects:
            self._gather(path, colour, "none", 0)
            return None
        return self._add(
            PathPatch(
                path,
                facecolor=colour,
                edgecolor="none",
                linewidth=0,
                path_effects=effects,
                label=text,
                gid=gid,
                zorder=self._next(),
                transform=self._place,
            )
        )

    def after(self, mark: Any, text: str, size: float, colour: str) -> None:
        """More text on the line of a text that stands already."""
        note = self.ax.annotate(
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
        self.made.append(note)

    def image(self, box: Box, colours: Any, gid: str) -> None:
        """Colours, a cell each: (rows, columns, 3), or 4 where some cells are clear."""
        self.made.append(
            self.ax.imshow(
                colours,
                extent=(box.x, box.x + box.width, box.y + box.height, box.y),
                interpolation="nearest",
                gid=gid,
                zorder=self._next(),
                transform=self._place,
            )
        )
