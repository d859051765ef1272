"""The widget in a real JupyterLab and in Notebook 7: hands on the page, answers in Python."""

from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

REPOSITORY = Path(__file__).parents[2]
SERIES = sorted(
    path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob("notebooks/*.ipynb")
)

# Each in JupyterLab, light or dark in turns; the first ones in other looks, too.
SEEN = [(path, "lab", ("Light", "Dark")[n % 2]) for n, path in enumerate(SERIES)]
SEEN += [(SERIES[0], app, theme) for app, theme in (("lab", "Dark"), ("notebook", "Light"))]
SEEN += [(SERIES[1], "notebook", "Dark")]

START = """
from convwidget import Conv, ConvWidget
w = ConvWidget(Conv(5, 3, stride=2, padding=1))
w
"""


def notebook(*cells):
    """A notebook of some code cells."""
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    made.cells = [nbformat.v4.new_code_cell(cell.strip()) for cell in cells]
    return made


@pytest.fixture(params=["lab", "notebook"])
def running(request, open_notebook):
    """A notebook with one widget, run, and the widget."""
    page = open_notebook(notebook(START), app=request.param)
    page.run_all()
    widget = page.widgets()
    expect(widget.locator(".cw-picture")).to_be_visible()
    return page, widget


@pytest.mark.parametrize(("path", "app", "theme"), SEEN)
def test_a_notebook_of_the_series_runs_and_every_widget_is_alive(
    open_notebook, picture, path, app, theme
):
    page = open_notebook(path, app=app, theme=theme)
    outputs = [output for cell in page.run_all() for output in cell.outputs]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    widget = "application/vnd.jupyter.widget-view+json"
    shown = [output for output in outputs if widget in output.get("data", {})]
    expect(page.widgets()).to_have_count(len(shown), timeout=60_000)  # a chapter has dozens
    for n in range(len(shown)):
        widget = page.widgets().nth(n)
        widget.scroll_into_view_if_needed()
        expect(widget.locator(".cw-picture").first).to_be_visible()
        assert ("cw-dark" in widget.get_attribute("class")) == (theme == "Dark")
        picture(widget, f"{Path(path).stem}-{app}-{theme.lower()}-{n}")


def test_a_dragged_slider_is_in_python_where_it_was_let_go(running):
    page, widget = running
    slider = widget.locator(".cw-slider.cw-of-stride")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    places = [box["x"] + share * box["width"] for share in (0.2, 0.45, 0.7, 0.98)]
    page.page.mouse.move(places[0], middle)
    page.page.mouse.down()
    for start, end in pairwise(places):
        page.page.mouse.move((start + end) / 2, middle)
        page.page.mouse.move(end, middle)
    page.page.mouse.up()
    assert slider.input_value() == "6"
    expect(widget.locator(".cw-caption").last).to_have_text("output1 × 1")
    page.wait_for("w.layer", Repr("Conv(5, 3, stride=6, padding=1)"))
    page.wait_for("w.output.shape", (1, 1))


class Repr(str):
    """A text that stands for what has it as its repr."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


def test_what_is_typed_and_clicked_is_read_back_in_python(running):
    page, widget = running
    field = widget.get_by_label("kernel k", exact=True)
    field.fill("2")
    field.press("Enter")
    page.wait_for("w.kernel_size", (2, 2))
    widget.locator(".cw-grid-output [data-index='2,1']").click()
    page.wait_for("w.position", (2, 1))
    assert widget.locator(".cw-at").inner_text().startswith("output[2, 1] · 8 of 9")
    total = page.execute("print((w.input[3:5, 1:3] * w.kernel).sum())")
    expect(widget.locator(".cw-sum b")).to_have_text(total)


def test_what_python_sets_is_drawn(running):
    page, widget = running
    page.execute("w.set(input_size=6, kernel_size=4, stride=1, padding=0)")
    expect(widget.locator(".cw-caption").last).to_have_text("output3 × 3")
    expect(widget.locator(".cw-size")).to_contain_text("Relationship 1")
    page.execute("w.input = [[1] * 6] * 6; w.kernel = [[2] * 4] * 4; w.position = (1, 1)")
    output = widget.locator(".cw-grid-output [role=gridcell] text")
    expect(output).to_have_text(["32"] * 9)
    expect(widget.locator(".cw-at")).to_contain_text("output[1, 1] · 5 of 9")
    page.execute("w.theme = 'dark'")
    expect(widget).to_have_class("cw cw-dark")


def test_python_that_raises_changes_nothing_on_the_page(running):
    page, widget = running
    before = widget.locator(".cw-picture").inner_html()
    said = page.execute(
        "try:\n    w.set(kernel_size=9, stride=1)\nexcept ValueError as error:\n    print(error)"
    )
    assert said == "the kernel (effective size 9) does not fit in the padded input (7)"
    assert widget.locator(".cw-picture").inner_html() == before


def test_two_views_of_one_widget_stay_in_step(open_notebook):
    page = open_notebook(notebook(START, "w"))
    page.run_all()
    first, second = page.widgets().nth(0), page.widgets().nth(1)
    expect(second.locator(".cw-picture")).to_be_visible()
    first.get_by_label("stride s", exact=True).fill("1")
    first.get_by_label("stride s", exact=True).press("Enter")
    expect(second.locator(".cw-caption").last).to_have_text("output5 × 5")
    second.get_by_label("step forward").click()
    expect(first.locator(".cw-at")).to_contain_text("output[0, 1]")
    page.wait_for("w.position", (0, 1))


def test_a_played_window_tells_python_where_it_stopped(running):
    page, widget = running
    widget.get_by_label("speed").select_option("16")
    widget.get_by_label("play").click()
    expect(widget.locator(".cw-at")).to_contain_text("9 of 9")
    page.wait_for("w.position", (2, 2))
    expect(widget.get_by_role("status")).to_have_text("End. 9 of 9.")


def test_keys_on_the_widget_do_not_reach_the_notebook(open_notebook):
    page = open_notebook(notebook(START, "'below'"))
    page.run_all()
    widget = page.widgets()
    active = "() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"
    cells = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
    widget.locator(".cw-grid-input [data-index='0,0']").click()
    was = (page.page.evaluate(active), page.page.evaluate(cells))
    for key in ("ArrowDown", "ArrowRight", "j", "b", "a", "x", "d", "d", "]", "["):
        page.page.keyboard.press(key)
    assert (page.page.evaluate(active), page.page.evaluate(cells)) == was
    focused = "() => document.activeElement.dataset.index"
    assert page.page.evaluate(focused) == "1,1"
    widget.get_by_label("stride s", exact=True).focus()
    for key in ("ArrowUp", "1", "Enter"):
        page.page.keyboard.press(key)
    assert (page.page.evaluate(active), page.page.evaluate(cells)) == was


def test_what_a_page_must_not_send_is_put_right_by_python(running):
    page, widget = running
    sent = page.page.evaluate(
        """async () => {
          const panel = window.jupyterapp.shell.currentWidget;
          const output = panel.content.widgets[0].outputArea.model.toJSON()[0];
          const id = output.data['application/vnd.jupyter.widget-view+json'].model_id;
          const comms = panel.sessionContext.session.kernel._comms;
          const comm = comms.get(id);
          // The page could draw this, but Python's bound for a row of cells is below it.
          const layer = { type: 'Conv', input_size: [520, 3], kernel_size: [1, 1] };
          comm.send({ method: 'update', state: { layer }, buffer_paths: [] });
          return true;
        }"""
    )
    assert sent
    page.wait_for("w.layer", Repr("Conv(5, 3, stride=2, padding=1)"))
    expect(widget.locator(".cw-caption").last).to_have_text("output3 × 3")
    widget.get_by_label("step forward").click()
    page.wait_for("w.position", (0, 1))


VIEWS = {
    "Conv": ["grids", "stacked", "matrix", "ruler", "subsampling"],
    "MaxPool": ["grids", "stacked", "ruler"],
    "AvgPool": ["grids", "stacked", "matrix", "ruler"],
    "ConvTranspose": ["stamp", "equivalent", "matrix", "back", "stacked"],
}


def test_each_operation_and_view_takes_mouse_and_keyboard_and_python_knows(open_notebook):
    page = open_notebook(
        notebook("from convwidget import Conv, ConvWidget\nw = ConvWidget(Conv(4, 2))\nw")
    )
    page.run_all()
    widget = page.widgets()
    typed = 10
    for operation, views in VIEWS.items():
        widget.get_by_label("operation", exact=True).select_option(operation)
        page.wait_for("type(w.layer).__name__", operation)
        page.wait_for("w.layer.input_size + w.layer.kernel_size", (4, 4, 2, 2))
        for view in views:
            widget.locator(f"[role=tab][data-view={view}]").click()
            expect(widget.locator(f"[role=tab][data-view={view}]")).to_have_attribute(
                "aria-selected", "true"
            )
            page.wait_for("w.view", view)
            drawn = widget.locator(".cw-holder")
            expect(drawn.locator("svg").first).to_be_visible()

            # The mouse moves the window: in the picture, or with the transport where there are no
            # maps in it.
            if view == "ruler":
                widget.get_by_label("position").fill("4")
            else:
                place = "[data-map=output] [role=gridcell][data-index='1,1']"
                drawn.locator(place).first.click(force=True)
            across = int(page.execute("print(w.output.shape[1])"))
            page.wait_for("w.position", divmod(4, across) if view == "ruler" else (1, 1))

            # The keyboard steps, and writes where there are cells of the input.
            before = across + 1 if view != "ruler" else 4
            widget.locator("[role=tab][aria-selected=true]").focus()
            page.page.keyboard.press("]")
            page.wait_for("w.position", divmod(before + 1, across))
            if view == "ruler":
                continue
            typed += 1
            cell = drawn.locator("[data-map=input] [role=gridcell][data-index='0,1']").first
            cell.focus()
            page.page.keyboard.type(str(typed))
            page.page.keyboard.press("Enter")
            page.wait_for("w.input[0, 1].item()", typed)
    # One more way back for each, as far as the beginning of the last operation's last view.
    page.page.keyboard.press("Control+z")
    page.wait_for("w.input[0, 1].item()", typed - 1)


def test_a_prediction_is_read_in_python_and_code_is_copied(open_notebook):
    start = "from convwidget import Conv, ConvWidget\nw = ConvWidget(Conv(5, 3), predict=True)\nw"
    page = open_notebook(notebook(start))
    page.run_all()
    widget = page.widgets()
    asked = widget.get_by_label("output o", exact=True)
    for answer in ("4", "3"):
        asked.fill(answer)
        asked.press("Enter")
    expect(widget.locator(".cw-grid-output")).to_be_visible()
    tries = "[(entry['answer'], entry['right']) for entry in w.answers]"
    page.wait_for(tries, [([4, 4], False), ([3, 3], True)])
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    widget.get_by_text("Code", exact=True).click()
    widget.get_by_role("button", name="Copy").click()
    expect(widget.locator(".cw-code-head button")).to_have_text("Copied.")
    copied = page.page.evaluate("navigator.clipboard.readText()")
    assert copied == widget.locator(".cw-code code").inner_text()
