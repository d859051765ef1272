"""The colours of the widget, light and dark: input blue, kernel orange, output green."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["input", "kernel", "output"]


@dataclass(frozen=True)
class Palette:
    """The colours by the names of the front end's tokens: `--cw-input-line` is `input_line`."""

    ground: str
    rule: str
    ink: str
    quiet: str
    input: str
    input_mid: str
    input_line: str
    kernel: str
    kernel_mid: str
    kernel_line: str
    kernel_ink: str
    output: str
    output_mid: str
    output_line: str
    padding: str
    unused: str
    # The ends of a shaded map: the larger the number, the lighter.
    input_dark: str = "#0c1d4d"
    input_light: str = "#f3f6ff"
    kernel_dark: str = "#4a1d02"
    kernel_light: str = "#fff6ea"
    output_dark: str = "#05311f"
    output_light: str = "#effdf7"

    def fill(self, role: Role) -> str:
        """The colour of a map's cells."""
        return str(getattr(self, role))

    def mid(self, role: Role) -> str:
        """The colour of the cells that the window is about."""
        return str(getattr(self, f"{role}_mid"))

    def line(self, role: Role) -> str:
        """The colour of a map's outline and name."""
        return str(getattr(self, f"{role}_line"))

    def shades(self, role: Role) -> tuple[str, str]:
        """The colours of a shaded map's smallest and largest number."""
        return str(getattr(self, f"{role}_dark")), str(getattr(self, f"{role}_light"))


LIGHT = Palette(
    ground="#ffffff",
    rule="#d3dadf",
    ink="#1b252b",
    quiet="#56646c",
    input="#dbe3fb",
    input_mid="#b1c5f6",
    input_line="#2146ad",
    kernel="#fbd5a5",
    kernel_mid="#f3b56a",
    kernel_line="#a04208",
    kernel_ink="#6b2b05",
    output="#bcefdb",
    output_mid="#77dcb6",
    output_line="#11704f",
    padding="#7d8a92",
    unused="#56646c",
)
DARK = Palette(
    ground="#111111",
    rule="#333c42",
    ink="#e8edf0",
    quiet="#a3b0b8",
    input="#262f5a",
    input_mid="#3a4a94",
    input_line="#a3b3f8",
    kernel="#523108",
    kernel_mid="#744610",
    kernel_line="#f4a352",
    kernel_ink="#ffd9ac",
    output="#0f4d3d",
    output_mid="#10624c",
    output_line="#66e3ba",
    padding="#7d8b94",
    unused="#a3b0b8",
)
THEMES = {"light": LIGHT, "dark": DARK}


def palette(theme: str) -> Palette:
    """The colours of a theme; ValueError with the themes that there are."""
    if theme not in THEMES:
        raise ValueError(f"theme {theme!r} is not one of {', '.join(map(repr, THEMES))}")
    return THEMES[theme]


def rgb(colour: str) -> tuple[int, int, int]:
    """The three bytes of "#rrggbb"."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two; `share` is how much the other has of it."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()
