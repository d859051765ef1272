"""Set 5: dilation, receptive fields, and everything mixed: what its exercises say."""

from ..exercise import Exercise
from ..tasks.mixed import field, layers_needed, size, sizes
from ..tasks.paddings import causal, residual, same_pads

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
            "A window with gaps starts, moves and ends on the padded line as any other does. "
            "How long is it?",
            'Open `ConvWidget(Conv((7,), 3, dilation=2), view="ruler")`: how many cells lie '
            "from its first to its last? Then try other k and d.",
            "There are k − 1 gaps, each a step of d, and the last cell counts too. Once you "
            "know how long the window is, the formula is the one of set 2.",
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
            "First say of each layer whether it shrinks the map or makes it grow.",
            "Try each kind on a line of six cells. How long is a window with gaps, what is a "
            "pool's stride if none is given, and what does padding do in a transposed layer?",
            "Layers that shrink: the padded line less the window, in whole steps, and the first "
            "place. The one that grows: steps between the stamps, the last stamp, less the "
            "padding at both ends.",
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
            "Keep two numbers: how many cells a unit sees, and how far neighbouring units are "
            "apart.",
            "Draw the layers [(3, 2), (2, 1)] over a line of 7 cells. Which cells does each "
            "unit of the first layer see, and which do two neighbours see together?",
            "Both numbers begin with 1. A window of k adds k − 1 gaps of the layer below. When "
            "does a layer's own stride change the second number: before or behind its window?",
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
            "How many steps does an output of one layer see? And how many does the second layer "
            "add?",
            "Draw three layers with k = two, one above the other, with dilations of one, two "
            "and four. How far back does the top see?",
            "Each layer adds its dilation, times one less than k. The dilations up to some "
            "layer have a short sum: it is one less than the next dilation.",
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
            "output[0] sees x[0] and nothing behind it. What stands in the rest of its window?",
            "By hand: x = [1, 2, 3, 4], kernel = [1, 2], d = 2. Which cells do the windows of "
            'output[0] and output[3] see? `ConvWidget(Conv((4,), 2, padding="causal", '
            'dilation=2), view="ruler")` shows them.',
            "How long is the window? So many zeros, less one, stand before the line. Then the "
            "window of output[t] starts at cell t of the padded line and takes every d-th cell; "
            "the last weight meets x[t].",
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
            "By hand: i = 4 and k = 3, with s = 1 and with s = 2. How many zeros are missing, "
            'and where does an odd one go? `ConvWidget(Conv((4,), 3, stride=2, padding="same"), '
            'view="ruler")` shows the second.',
            "The line must hold the steps between the outputs and one window. What i lacks is "
            "halved, and the smaller half stands before. What if the line is long enough "
            "already?",
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
            "A smaller case: draw a window of three cells that are three apart. How far does it "
            "reach from its middle cell to either side?",
            "Think of the kernel as the longer one that it is with its gaps. Its middle must be "
            "able to stand on the first row of x, and all that reaches out is padding.",
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
        (
            "Compare three things: the size of the output, the receptive field, and the number "
            "of weights.",
            "Draw both stacks over a line of 20 cells, and mark what one unit at the top sees. "
            "Count the units of the top layer too.",
            "Does a task want one answer for the whole picture, or one for each cell? Which of "
            "the two stacks still has a unit for each cell, and what does that cost?",
        ),
        None,
    ),
)
