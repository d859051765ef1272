"""The flat style: input ⋆ kernel = output beside each other, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..layers import MaxPool
from .input_map import padded_input, start_here
from .layout import FONT, Layout, layout
from .maps import DIVIDED, made
from .maps import kernel as draw_kernel
from .maps import output as draw_output
from .numbers import map_font
from .pen import Pen
from .subject import Given, Index, Subject, one_map
from .window import enlarged, over_input


@dataclass(frozen=True)
class Flat:
    """The picture of a layer whose arrays are a map each: input ⋆ kernel = output."""

    subject: Subject
    layout: Layout
    positions: list[Index]

    @property
    def title(self) -> str:
        """What stands above it, where a layer is drawn as another one."""
        return self.subject.title

    @property
    def width(self) -> float:
        """In CSS pixels, as the height."""
        return self.layout.width

    @property
    def height(self) -> float:
        """In CSS pixels."""
        return self.layout.height

    def at(self, position: Index | None) -> Flat:
        """The picture with the window of another output cell, or with none yet."""
        return replace(self, subject=self.subject.at(position))

    def still(self, pen: Pen) -> None:
        """Draw all but the window and what it makes."""
        padded_input(pen, self.subject, self.layout)
        draw_kernel(pen, self.subject, self.layout)
        draw_output(pen, self.subject, self.layout)
        _signs(pen, self.subject, self.layout)

    def moving(self, pen: Pen) -> None:
        """Draw the window and what it makes."""
        subject, plan = self.subject, self.layout
        size = map_font(subject.x, plan.input.cell)
        over_input(pen, subject, plan.input, size, told=plan.window is None)
        start_here(pen, subject, plan)
        enlarged(pen, subject, plan)
        if subject.output is not None:
            made(pen, subject, plan.output, map_font(subject.output, plan.output.cell))
        if subject.divisor is not None and plan.output.cell < DIVIDED:
            at = (plan.output.x - plan.gap / 2, plan.input.box.middle[1] + 13)
            count = f"÷ {subject.divisor[subject.position]}"
            pen.text(at, count, 11, pen.palette.quiet, gid="divisor")


def flat(shown: Given, predict: bool, width: float) -> Flat:
    """Lay out a layer whose arrays are a map each, in a width."""
    subject = one_map(shown, predict)
    return Flat(subject, layout(subject, width), shown.positions())


def _signs(pen: Pen, shown: Subject, plan: Layout) -> None:
    """What is between the maps: input ⋆ kernel = output, or an arrow with a pool's rule."""
    colours, y = pen.palette, plan.input.box.middle[1]
    if plan.kernel is not None:
        middle = plan.kernel.y + plan.kernel.height / 2
        pen.text((plan.kernel.x - plan.gap / 2, middle), "⋆", 34, colours.quiet)
        pen.text((plan.output.x - plan.gap / 2, y), "=", 20, colours.quiet)
        return
    rule = "max" if isinstance(shown.layer, MaxPool) else "mean"
    x = plan.output.x - plan.gap / 2
    pen.text((x, y - 12), rule, FONT, colours.quiet)
    pen.arrow((x - 18, y), (x + 18, y), colours.quiet)
