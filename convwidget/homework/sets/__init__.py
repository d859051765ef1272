"""The exercises, set by set."""

from ..exercise import Exercise
from . import convolution, introduction, mixed, pooling, transposed

EXERCISES: dict[str, Exercise] = {
    exercise.name: exercise
    for module in (introduction, convolution, pooling, transposed, mixed)
    for exercise in module.EXERCISES
}
