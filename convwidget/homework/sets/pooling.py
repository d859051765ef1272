"""Set 3: pooling arithmetic: what its exercises say."""

from ..exercise import Exercise
from ..tasks.pooling import average, ceil_size, dilated, kernels, max_pool, pool_size, sizes

BOOK = "03-pooling-arithmetic.ipynb"

EXERCISES = (
    Exercise(
        "3.1",
        "The size behind a pool",
        "say what a pool makes of a size",
        "formula",
        3,
        6,
        f"{BOOK}#The-stride-when-none-is-given",
        True,
        (
            "If s is None, which number takes its place?",
            'Open `ConvWidget(MaxPool((7,), 3), view="ruler")`: how far apart are neighbouring '
            "windows? Then set the stride to 1, and look again.",
            "Settle the stride first. What is left is the size of a convolution without padding.",
        ),
        pool_size,
    ),
    Exercise(
        "3.2",
        "Predict three pools",
        "work out a pool's size by hand",
        "prediction",
        3,
        5,
        f"{BOOK}#The-stride-when-none-is-given",
        True,
        (
            "Does the code say a stride? If not, what is it?",
            "A smaller case on squared paper: eight cells, a window of three, no stride given. "
            "Draw the windows side by side. What is left over?",
            "Take one window off the line, divide what is left by the stride, and drop the "
            "rest: these are the steps, one less than the places.",
        ),
        sizes,
    ),
    Exercise(
        "3.3",
        "Write a max pool",
        "write a max pool",
        "implementation",
        4,
        10,
        f"{BOOK}#A-window-without-weights",
        True,
        (
            "It is a convolution with another rule: what happens to the cells of a window?",
            "Take a picture of 3 × 4 cells by hand, with k = 2 and s = 2, some of its numbers "
            "below zero. Then compare with `ConvWidget(MaxPool((3, 4), 2))`.",
            "Make an output with a cell for each place. The window of output[r, c] starts at "
            "x[r · s, c · s], and NumPy's max works on a part of an array too.",
        ),
        max_pool,
    ),
    Exercise(
        "3.4",
        "Find the pool",
        "choose a pool for a size",
        "settings",
        2,
        6,
        f"{BOOK}#The-stride-when-none-is-given",
        True,
        (
            "Such a pool cuts the line into pieces of k cells. What happens to a piece that is "
            "not whole?",
            "A smaller case: which windows make two cells of a line of eleven? Try one k after "
            "another.",
            "So k has to go into i, as a whole, o times. Divide i by o to see where to begin, "
            "and try the numbers near it; several may be right.",
        ),
        kernels,
    ),
    Exercise(
        "3.5",
        "Ceil mode",
        "give the size in ceil mode, with its rule",
        "formula",
        5,
        12,
        f"{BOOK}#The-rule-of-the-last-window",
        False,
        (
            "First round the steps up. Then ask of the last window whether it may stay.",
            'Open `ConvWidget(MaxPool((3,), 2, ceil_mode=True), view="ruler")`, and count the '
            "windows. Then set the padding to 1: where would a third window start, and is it "
            "there?",
            "The last window starts at cell (o − 1) · s of the padded line, and the input ends "
            "before cell p + i. A window that would start there or later is dropped.",
        ),
        ceil_size,
    ),
    Exercise(
        "3.6",
        "An average at the edge",
        "average without counting the padding",
        "implementation",
        5,
        14,
        f"{BOOK}#The-divisor-of-an-average",
        False,
        (
            "A window in the corner sees fewer cells of the input than one in the middle. By "
            "what is its sum divided?",
            "By hand: x of 2 × 2 cells, k = 2, s = 1, p = 1. How many cells of x does each of "
            "the nine windows see? `ConvWidget(AvgPool(2, 2, stride=1, padding=1, "
            "count_include_pad=False))` shows them.",
            "An array of ones, padded in the same way, counts the cells of each window. Divide "
            "one sum by the other, place by place.",
        ),
        average,
    ),
    Exercise(
        "3.7",
        "A pool with gaps",
        "carry the arithmetic over to a dilated pool",
        "prediction",
        3,
        8,
        f"{BOOK}#A-window-without-weights",
        False,
        (
            "The cells of the window lie apart, but it moves as any window does. How long is "
            "it, from its first cell to its last?",
            "Draw a window of three cells that are two apart, and then one of four cells. How "
            "many gaps has each, and how long is it?",
            "There is one gap fewer than cells, each gap is a step of d, and the last cell "
            "counts too. Put that length in place of k in the rule that you know.",
        ),
        dilated,
    ),
    Exercise(
        "3.8",
        "What a pool throws away",
        "weigh what a pool keeps and loses",
        "sentence",
        3,
        8,
        f"{BOOK}#A-window-without-weights",
        False,
        (
            "Move a picture by one cell before it is pooled. Which outputs change?",
            "By hand: pool [0, 0, 9, 0, 0, 0] with a window of 2. Move the 9 right by one cell, "
            "pool again, and then by one more.",
            "Say when the output stays and when it changes. Then cover the input with your "
            "hand: what can you no longer say of it?",
        ),
        None,
    ),
)
