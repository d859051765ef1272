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
            "Which cells of x does the window of output[0] see, and which does that of output[1]?",
            "Take x = [1, 2, 3, 4] and kernel = [1, 2] by hand. Then open "
            "`ConvWidget(Conv((4,), 2), input=[1, 2, 3, 4])` and move the window: how many "
            "places has it?",
            "Make an output with a cell for each place. Cell n is a sum of products: the kernel "
            "in its own order, and as many cells of x, from x[n] on.",
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
            "Rows come first, and both indices count from zero. Where in x is the first cell of "
            "the window of output[r, c]?",
            "Copy out the part of x under that window, two rows of three numbers, and write the "
            "kernel under it as it stands.",
            "Multiply what stands at the same place in both, six products in all, and add them up.",
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
            "Begin with one input map and one output map: how many weights has the kernel "
            "between them?",
            "Draw two dots for the input maps, three for the output maps, and a line from each "
            "to each. A line is a kernel.",
            "How many lines are there between m and n dots? Each carries as many weights as a "
            "kernel has cells.",
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
            "Three numbers are asked for: maps, rows, columns. Axes never interact: rows follow "
            "from rows alone.",
            "A smaller case: kernels of a single cell leave rows and columns as they are, and "
            "only the number of maps changes. To which of the two?",
            "The input's maps are added up, and each output map has kernels of its own. Rows "
            "and columns are the places of the window along each axis.",
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
            "A kernel with a single 1 copies one cell of each window. Where must the 1 stand if "
            "nothing is to move?",
            'Open `ConvWidget(Conv(5, 3, padding=1), kernel="identity")`, write the 1 into '
            "another cell of the kernel, and look which way the picture goes.",
            "If a picture moves right, what stands at [2, 2] afterwards stood where before? The "
            "1 goes to the place of that cell in the window.",
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
            "How many numbers are added up for one cell of the output? Count them over all "
            "input maps.",
            "By hand: two input maps of 2 × 2 cells and one output map. Two windows, two "
            "kernels, one number. `ConvWidget(Conv(2, 2, in_channels=2, out_channels=1))` shows "
            "it.",
            "One loop is over the output maps, two are over the places of the window. A window "
            "goes through all input maps at once, and kernel[f] has the same shape.",
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
            "Which layer does the error come from, and for how many maps does it wait?",
            "Draw the arrays with their shapes: x, left(x), right(x), and what cat makes of "
            "them. dim=1 is the axis of the channels.",
            "The mended layer takes all the maps that cat has put behind each other. Count its "
            "weights as in exercise 1.3.",
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
        (
            "What does each of the two make of a single 1 among zeros?",
            "By hand: x = [0, 0, 1, 0, 0] and kernel = [1, 2, 3]. What comes out if the kernel "
            "slides as it is, and what if it is turned round first?",
            "Weights begin at random, and are changed until the outputs are right: does it "
            "matter to them in which order they are read? And if somebody hands you the "
            "weights?",
        ),
        None,
    ),
)
