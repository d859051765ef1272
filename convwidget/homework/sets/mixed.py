"""Set 5: dilation, receptive fields, and everything mixed: what its exercises say."""

from ..exercise import Exercise
from ..tasks.mixed import causal, field, layers_needed, residual, same_pads, size, sizes

BOOK = "05-miscellaneous-convolutions.ipynb"

EXERCISES = (
    Exercise(
        "5.1",
        "The size with a dilation",
        "write the size formula for any dilation",
        "formula",
        4,
        7,
        f"{BOOK}#The-size-of-the-output",
        True,
        (
            "Draw a window of 3 cells with d = 2. How long is it, from its first cell to its last?",
            "Once you know how long the window is, the formula is the one of set 2.",
        ),
        size,
    ),
    Exercise(
        "5.2",
        "Predict four layers",
        "tell the layers' formulas apart",
        "prediction",
        4,
        8,
        f"{BOOK}#The-size-of-the-output",
        True,
        (
            "First say of each whether it shrinks the map or makes it grow.",
            "What is a pool's stride, if none is given? And what does padding do in a "
            "transposed layer?",
        ),
        sizes,
    ),
    Exercise(
        "5.3",
        "The receptive field",
        "follow what a unit sees through a network",
        "formula",
        4,
        9,
        f"{BOOK}#Receptive-fields",
        True,
        (
            "Keep two numbers: how many cells a unit sees, and how far units are apart.",
            "Both begin with 1. A window of k reaches over k − 1 gaps of the layer below.",
            "When does the stride change the second number: before or behind the window?",
        ),
        field,
    ),
    Exercise(
        "5.4",
        "A causal stack",
        "choose the depth of a dilated stack",
        "settings",
        3,
        8,
        f"{BOOK}#A-stack-that-doubles-its-dilation",
        True,
        (
            "How many steps does one layer see? And how many does the second add?",
            "1 + 2 + 4 + … has a short sum.",
        ),
        layers_needed,
    ),
    Exercise(
        "5.5",
        "Never look ahead",
        "write a causal dilated convolution",
        "implementation",
        5,
        12,
        f"{BOOK}#Causal-padding",
        False,
        (
            "How long is the window? So many cells, less one, stand before the line.",
            "output[t] is a sum over the weights; the last one meets x[t].",
        ),
        causal,
    ),
    Exercise(
        "5.6",
        "Pads that differ",
        "work out both pads of 'same' at any stride",
        "formula",
        5,
        12,
        f"{BOOK}#Same-padding-with-a-dilation",
        False,
        (
            "How many outputs are asked for? So how long must the padded line be at least?",
            "What is missing is halved; where does the odd one go?",
            "What if the line is long enough already?",
        ),
        same_pads,
    ),
    Exercise(
        "5.7",
        "Mend a residual block",
        "read a size error of a dilated layer",
        "shape bug",
        3,
        7,
        f"{BOOK}#Same-padding-with-a-dilation",
        False,
        (
            "By how many rows is conv(x) too small, and on how many sides can rows be added?",
            "Think of the kernel as the longer one that it is with its gaps.",
        ),
        residual,
    ),
    Exercise(
        "5.8",
        "Stride or dilation?",
        "weigh two ways to see further",
        "sentence",
        3,
        8,
        f"{BOOK}#A-stride-traded-for-a-dilation",
        False,
        ("Compare the output's size, the field, and the number of weights.",),
        None,
    ),
)
