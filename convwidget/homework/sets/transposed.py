"""Set 4: transposed convolution arithmetic: what its exercises say."""

from ..exercise import Exercise
from ..tasks.stamps import stamp, stretch, unroll
from ..tasks.transposed import back, predictions, restore, skip

BOOK = "04-transposed-convolution-arithmetic.ipynb"

EXERCISES = (
    Exercise(
        "4.1",
        "The size of stamps",
        "write the size formula of a transposed convolution",
        "formula",
        4,
        8,
        f"{BOOK}#4.6-Padding-and-strides-transposed",
        True,
        (
            "Without padding: where does the last stamp begin, and how long is it?",
            'Open `ConvWidget(ConvTranspose((3,), 3, stride=2), view="stamp")`: where does each '
            "stamp begin, and where does the last one end? Then set the padding to 1.",
            "From the first stamp to the last there are i − 1 steps, and the last is k cells "
            "long. What does padding do to the direct convolution's input? And here, to the "
            "output?",
        ),
        back,
    ),
    Exercise(
        "4.2",
        "Predict three outputs",
        "work out sizes with output padding",
        "prediction",
        3,
        6,
        f"{BOOK}#Output-padding-adds-no-zeros",
        True,
        (
            "Stamps first, then crop, then output_padding: write down a number after each.",
            "A smaller case on squared paper: three stamps of three cells, two cells apart. How "
            "long is that? And with one cell cropped at either end, and one kept again?",
            "Stamps have one step fewer between them than there are stamps. Padding takes cells "
            "away at both ends, output_padding keeps some at one end only.",
        ),
        predictions,
    ),
    Exercise(
        "4.3",
        "Insert zeros",
        "stretch an input",
        "implementation",
        3,
        6,
        f"{BOOK}#4.5-Strides-without-padding-transposed",
        True,
        (
            "How long is a stretched line of 3 cells, for s = 2? And for s = 3?",
            "Stretch [[1, 2], [3, 4]] by hand, for s = 2: where does each number go? "
            '`ConvWidget(ConvTranspose(2, 2, stride=2), view="equivalent")` shows it, with '
            "zeros around.",
            "x[r, c] goes to row r · s and column c · s of an array of zeros. Slices have "
            "steps: output[::2] is every other cell.",
        ),
        stretch,
    ),
    Exercise(
        "4.4",
        "Unroll the matrix",
        "write a convolution as a matrix",
        "implementation",
        4,
        9,
        f"{BOOK}#4.1-Convolution-as-a-matrix",
        True,
        (
            "How many rows and columns has it, if C @ x is the output?",
            'Open `ConvWidget(Conv((4,), 2), view="matrix")`, and look at one row after '
            "another. Then set the stride to 2: what changes?",
            "Begin with a matrix of zeros that has a row for each output. Row 0 begins with the "
            "kernel, and from each row to the next it moves s columns.",
        ),
        unroll,
    ),
    Exercise(
        "4.5",
        "Stamp",
        "write a transposed convolution with cropping",
        "implementation",
        4,
        14,
        f"{BOOK}#4.0-Stamps",
        False,
        (
            "Each input cell puts down a stamp: its own number times the kernel. Where does the "
            "stamp of x[1] begin?",
            "By hand: x = [1, 2], kernel = [1, 2, 3], s = 2. Write both stamps under each "
            "other, and add up the columns. `ConvWidget(ConvTranspose((2,), 3, stride=2), "
            'view="stamp")` shows it.',
            "Begin with zeros, as many as exercise 4.1 says for p = 0, and a more. Stamp n lies on "
            "k cells of this line, from cell n · s on: add it to what is there already. Then crop: "
            "how many cells go at either end?",
        ),
        stamp,
    ),
    Exercise(
        "4.6",
        "The way back",
        "choose output_padding so that a size comes back",
        "settings",
        3,
        9,
        f"{BOOK}#Which-size-to-go-back-to",
        False,
        (
            "Several inputs have the same output. By what do they differ?",
            "A smaller case: a window of two cells in steps of three, on lines of five, six and "
            "seven cells. How many places has it on each, and how many cells are left over?",
            "With no output_padding the smallest of those inputs comes back. Count the cells "
            "behind the last window of the direct convolution, on the padded line.",
        ),
        restore,
    ),
    Exercise(
        "4.7",
        "Mend a U-Net",
        "find sizes that survive the way down and up",
        "shape bug",
        4,
        10,
        f"{BOOK}#Skip-connections",
        False,
        (
            "What does a pool of two do to an odd size, and what comes back from that?",
            "Follow twelve through two pools and up again, and then fourteen. Which of them "
            "comes back, and why?",
            "Begin at the bottom with a size of one, two, three … and go up, once for each "
            "pool. Which of these sizes is the first that is large enough?",
        ),
        skip,
    ),
    Exercise(
        "4.8",
        "No way back",
        "say what a transposed convolution is not",
        "sentence",
        3,
        8,
        f"{BOOK}#4.2-Transposed-convolution",
        False,
        (
            "A layer's output has a size and values. Which of them come back?",
            "By hand: x = [1, 2, 3] and kernel = [1, 1]. Work out the output, then the "
            "transposed convolution of that with the same kernel. Is it x?",
            "How many numbers go in, and how many come out? Can those that are missing be found "
            "again? And where in training is just this operation needed?",
        ),
        None,
    ),
)
