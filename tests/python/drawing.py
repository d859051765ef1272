"""A drawing read back from matplotlib's Axes: every mark has a gid that says what it is of."""

import numpy as np
from matplotlib.patches import FancyBboxPatch


def marks(ax, beginning):
    """The patches whose gid begins so."""
    return [patch for patch in ax.patches if (patch.get_gid() or "").startswith(beginning)]


def texts(ax, beginning):
    """{gid: text} of the texts whose gid begins so."""
    found = [text for text in ax.texts if (text.get_gid() or "").startswith(beginning)]
    return {text.get_gid(): text.get_text() for text in found}


def said(ax):
    """Every text of a picture."""
    return [text.get_text() for text in ax.texts]


def box(patch):
    """A patch's left, top, right and bottom."""
    ends = patch.get_path().get_extents(patch.get_patch_transform())
    return (
        min(ends.x0, ends.x1),
        min(ends.y0, ends.y1),
        max(ends.x0, ends.x1),
        max(ends.y0, ends.y1),
    )


def centre(patch):
    left, top, right, bottom = box(patch)
    return round((left + right) / 2, 3), round((top + bottom) / 2, 3)


def only(found):
    """The one entry of a list."""
    assert len(found) == 1
    return found[0]


def numbers_of(ax, name, shape):
    """The numbers written in a map, read back as an array."""
    written = texts(ax, f"{name}[")
    assert len(written) == np.prod(shape)
    read = np.empty(shape)
    for index in np.ndindex(shape):
        read[index] = float(written[f"{name}[{', '.join(map(str, index))}]"].replace("−", "-"))
    return read


def lettering(ax, beginning):
    """{gid: text} of the texts in planes seen aslant, whose gid begins so."""
    found = marks(ax, beginning)
    return {patch.get_gid(): patch.get_label() for patch in found if patch.get_label()}


def on_page(ax, patch):
    """The corners of a patch on the page, in CSS pixels, whatever plane it lies in."""
    outline = patch.get_transform().transform_path(patch.get_path()).vertices
    if isinstance(patch, FancyBboxPatch):  # a round corner's control point is the corner
        outline = outline[[11, 2, 5, 8]]
    return ax.transData.inverted().transform(outline)


def lines_of(ax, gid):
    """The straight lines of a kind, as (line, end, coordinate)."""
    found = [lines for lines in ax.collections if lines.get_gid() == gid]
    return np.array([part for lines in found for part in lines.get_segments()])
