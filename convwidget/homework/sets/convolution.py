"""Set 2: convolution arithmetic: what its exercises say."""

from ..exercise import Exercise
from ..tasks.convolution import (
    convolve,
    input_sizes,
    output_size,
    places,
    predictions,
    settings,
    shape_bug,
)

BOOK = "02-convolution-arithmetic.ipynb"

EXERCISES = (
    Exercise(
        "2.1",
        "Places of a window",
        "count the places of a window on a line",
        "formula",
        2,
        5,
        f"{BOOK}#2.1-No-padding-and-stride-1",
        True,
        (
            "Where does the window's first cell stand first, and where last?",
            'Open `ConvWidget(Conv((5,), 3), view="ruler")` and count the places. Then make the '
            "kernel one cell longer, and count again.",
            "From the first place to the last the window travels what the line is longer than "
            "it. A fence with 3 gaps has 4 posts.",
        ),
        places,
    ),
    Exercise(
        "2.2",
        "The output size",
        "write the size formula for any stride and padding",
        "formula",
        4,
        8,
        f"{BOOK}#2.4-Padding-and-strides",
        True,
        (
            "How long is the line with its zeros, in i and p? And what can the window travel on "
            "it?",
            'Open `ConvWidget(Conv((6,), 3, stride=2, padding=1), view="ruler")`, count the '
            "places, and look at the cells left over at the end. Then change one setting at a "
            "time.",
            "Three numbers one after another: the padded line, what the window travels, its "
            "whole steps of s. A step that does not fit is not taken, and a fence has one post "
            "more than gaps.",
        ),
        output_size,
    ),
    Exercise(
        "2.3",
        "Predict three sizes",
        "work out sizes by hand",
        "prediction",
        3,
        6,
        f"{BOOK}#2.4-Padding-and-strides",
        True,
        (
            "Write down three numbers for each: the padded line, what the window travels on it, "
            "its whole steps.",
            "A smaller case on squared paper: six cells, one zero on each side, a window of "
            "three, steps of two. How many places do you count?",
            "Divide what the window travels by the stride and drop the rest: these are its "
            "whole steps, one less than the places.",
        ),
        predictions,
    ),
    Exercise(
        "2.4",
        "Find the setting",
        "solve the size formula for one of its letters",
        "settings",
        3,
        9,
        f"{BOOK}#Solving-backwards",
        True,
        (
            "Go backwards from o: the steps are one less than the places. How far does the "
            "window travel, at least?",
            "Guess a value, and count the places that it gives. Are they too many or too few? "
            "Which way must the value go?",
            "What the window travels and its own size make up the padded line, but for what is "
            "left over: less than a stride. Solve that for your letter; several values may be "
            "right.",
        ),
        settings,
    ),
    Exercise(
        "2.5",
        "Slide the window",
        "write a convolution with stride and padding",
        "implementation",
        5,
        15,
        f"{BOOK}#2.4-Padding-and-strides",
        False,
        (
            "Which cells of the padded picture does the window of output[0, 0] see, and which "
            "does that of output[0, 1]?",
            "By hand: x of 2 × 2 cells, a kernel of 2 × 2, s = 1, p = 1. Draw x in the middle "
            "of 4 × 4 cells. `ConvWidget(Conv(2, 2, padding=1))` shows the windows.",
            "Make the larger array of zeros and put x in its middle. The window of output[r, c] "
            "starts at row r · s and column c · s of it. Multiply it by the kernel as it is, "
            "cell by cell, and add up.",
        ),
        convolve,
    ),
    Exercise(
        "2.6",
        "All inputs that fit",
        "find every input size that gives an output size",
        "formula",
        4,
        10,
        f"{BOOK}#Solving-backwards",
        False,
        (
            "What is the smallest padded line on which the window has o places?",
            'Open `ConvWidget(Conv((4,), 2, stride=2), view="ruler")` and make the input '
            "longer, a cell at a time. For how many sizes does the output stay the same?",
            "On the padded line lie o − 1 steps and a window, and up to s − 1 cells more. Take "
            "the zeros off at both ends, and leave out what is no size.",
        ),
        input_sizes,
    ),
    Exercise(
        "2.7",
        "Mend a network",
        "read a shape error back to the layer that causes it",
        "shape bug",
        4,
        10,
        f"{BOOK}#From-the-last-map-to-a-vector",
        False,
        (
            "Linear waits for maps × rows × columns numbers. How many rows has each map then?",
            "Go one layer back: which sizes does the pool turn into that many rows? A smaller "
            "case: which sizes does it turn into three rows?",
            "Now you know what the convolution must give. Find a padding that does it as in the "
            "exercise on settings: each zero of it lengthens the line at both ends.",
        ),
        shape_bug,
    ),
    Exercise(
        "2.8",
        "When does padding keep the size?",
        "say why a rule holds, and when it does not",
        "sentence",
        3,
        8,
        f"{BOOK}#2.2.1-Half-or-same-padding",
        False,
        (
            "What does a padding of 1 add to the line, and how much shorter does a window of k "
            "make it?",
            'Open `ConvWidget(Conv((6,), 3, padding=1), view="ruler")`, and try k = 3, 4 and 5, '
            "each with stride 1 and 2. When is the output as long as the input?",
            "Say what k and p must fulfil at a stride of 1, and whether an even k can do that. "
            "Then give the size at a stride of 2, for one padding after another.",
        ),
        None,
    ),
)
