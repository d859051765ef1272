"""What a page is sent: the state behind each widget of the series, which its text cannot show."""

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from checks import REPOSITORY, WIDGET, code_cells, notebooks
from nbclient import NotebookClient
from nbformat import NotebookNode

import convwidget
from convwidget.layers.wire import from_wire

State = dict[str, Any]


def shown(path: Path) -> list[tuple[str, State]]:
    """Run a notebook; the text of each widget, and its state when the widget's cell was done."""
    found: list[tuple[str, State]] = []

    def look(cell: NotebookNode, **_: Any) -> None:
        for output in cell.get("outputs", []):
            if WIDGET in output.get("data", {}):
                state = client.widget_state[output.data[WIDGET]["model_id"]]
                found.append((output.data["text/plain"], dict(state)))

    client = NotebookClient(
        nbformat.read(path, as_version=4),
        timeout=120,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=look,
    )
    client.execute()
    return found


def said(text: str) -> State:
    """What a widget's text says of its state."""
    # What was edited by hand is said behind the name of its fill, which no Python is.
    edited = re.findall(r"(\w+)='?\w+'? edited", text)
    call = ast.parse(text.replace(" edited", ""), mode="eval").body
    assert isinstance(call, ast.Call)
    words = {word.arg: ast.unparse(word.value).strip("'") for word in call.keywords}
    return {
        "layer": eval(ast.unparse(call.args[0]), vars(convwidget)),
        "input": words["input"],
        "kernel": words.get("kernel"),  # a pool has none
        "edited": edited,
        "view": words.get("view", "grids"),
        "predict": "predict" in words,
    }


def sent(state: State, known: State) -> State:
    """The same, as the page was told."""

    def numbers(kept: Any) -> str:
        return kept["fill"] if isinstance(kept, dict) and kept.get("fill") else "array"

    maps = ["input", "kernel"] if known["kernel"] else ["input"]
    return {
        "layer": from_wire(state["layer"]),
        "input": numbers(state["input"]),
        "kernel": numbers(state["kernel"]) if known["kernel"] else None,
        "edited": [name for name in maps if state[name].get("edits")],
        "view": state["view"],
        "predict": state["predict"],
    }


@pytest.mark.parametrize("edits", [[], [[[0, 1], 7]]], ids=["", "edited"])
@pytest.mark.parametrize("layer", ["Conv(3, 2)", "MaxPool(3, 2)"])
@pytest.mark.parametrize("kept", [{"fill": "ramp"}, {"array": [[1, 2, 3]] * 3}], ids=list)
def test_the_text_of_any_widget_is_read(layer: str, kept: State, edits: list[Any]) -> None:
    widget = convwidget.ConvWidget(eval(layer, vars(convwidget)), view="ruler", predict=True)
    state = {**widget.get_state(), "input": {**kept, "edits": edits}, "kernel": {"fill": "blur"}}
    widget.set_state(state)
    known = said(repr(widget))
    assert known == sent(widget.get_state(), known)
    assert known["edited"] == ["input"] * bool(edits)
    assert known["input"] == kept.get("fill", "array")
    assert known["kernel"] == (None if layer.startswith("Max") else "blur")
    assert (known["view"], known["predict"]) == ("ruler", True)


def stored(path: Path) -> int:
    """How many widgets a stored notebook shows."""
    cells = code_cells(nbformat.read(path, as_version=4))
    return sum(WIDGET in output.get("data", {}) for cell in cells for output in cell.outputs)


@pytest.mark.parametrize(
    "path",
    [path for path in notebooks() if stored(path)],
    ids=lambda path: str(path.relative_to(REPOSITORY)),
)
def test_a_page_is_sent_what_the_text_of_each_widget_says(path: Path) -> None:
    widgets = shown(path)
    assert len(widgets) == stored(path)
    for text, state in widgets:
        assert sent(state, said(text)) == said(text)
        size = from_wire(state["layer"]).output_size
        assert all(n < o for n, o in zip(reversed(state["position"]), reversed(size), strict=False))
        assert state["answers"] == []
        assert "output" not in state  # the page works it out, and nothing gives it away
