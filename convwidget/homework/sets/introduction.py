"""Set 1: the discrete convolution, its channels and its weights: what its exercises say."""

from ..exercise import Exercise
from ..tasks.introduction import cells, channels, join, move, shapes, slide, weights

BOOK = "01-introduction.ipynb"
CONVOLUTIONS = f"{BOOK}#1.1-Discrete-convolutions"
MAPS = f"{BOOK}#Several-maps"
PATTERN = f"{BOOK}#A-kernel-is-a-pattern"
NAMES = f"{BOOK}#Correlation-or-convolution"

EXERCISES = (
    Exercise(
        "1.1",
        "Slide a kernel along a line",
        "compute a discrete convolution",
        "implementation",
        4,
        10,
        CONVOLUTIONS,
        True,
        (
            "Write down which cells of x the window of output[1] sees.",
            "How many windows are there? Make an output of that size first.",
            "Each output is a sum of products, the weights in their own order.",
        ),
        slide,
    ),
    Exercise(
        "1.2",
        "Two cells of an output",
        "work out one output of a convolution by hand",
        "prediction",
        3,
        6,
        CONVOLUTIONS,
        True,
        (
            "The window of output[r, c] has its first cell at x[r, c].",
            "Write the six products down, then add them.",
        ),
        cells,
    ),
    Exercise(
        "1.3",
        "Count the weights",
        "count the weights of a layer",
        "formula",
        3,
        5,
        MAPS,
        True,
        (
            "Begin with one input map and one output map.",
            "What does a second input map add? And a second output map?",
        ),
        weights,
    ),
    Exercise(
        "1.4",
        "Shapes with channels",
        "say the shape of an output with channels",
        "prediction",
        3,
        6,
        MAPS,
        True,
        (
            "An output's first number says how many maps it has. One for which part of the kernel?",
            "Axes never interact: rows follow from rows alone.",
        ),
        shapes,
    ),
    Exercise(
        "1.5",
        "Move a picture",
        "choose a kernel for what it does",
        "settings",
        3,
        8,
        PATTERN,
        False,
        (
            "A kernel with a single 1 copies one cell of each window.",
            "If a picture moves right, what stands at [2, 2] afterwards stood where before?",
        ),
        move,
    ),
    Exercise(
        "1.6",
        "Slide through channels",
        "write a convolution with channels",
        "implementation",
        5,
        15,
        MAPS,
        False,
        (
            "Use what you wrote for one map, and two loops around it.",
            "One loop is over output maps, one over input maps; which of them adds up?",
        ),
        channels,
    ),
    Exercise(
        "1.7",
        "Join two paths",
        "read a channel error and mend it",
        "shape bug",
        3,
        7,
        MAPS,
        False,
        (
            "Draw the arrays with their shapes: x, left(x), right(x), and what cat makes of them.",
            "dim=1 is the axis of the channels.",
        ),
        join,
    ),
    Exercise(
        "1.8",
        "Convolution or correlation?",
        "tell a convolution from a correlation",
        "sentence",
        3,
        8,
        NAMES,
        False,
        ("What does each make of a single 1 among zeros?",),
        None,
    ),
)
