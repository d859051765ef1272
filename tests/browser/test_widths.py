"""From a narrow page to a wide one: nothing is cut off, and words stand out from their ground."""

from typing import Any

import pytest
from truth import Truth
from view import View, show

from convwidget import Conv, ConvWidget

WIDTHS = [320, 360, 480, 640, 780, 1080]

# Words, and controls, that are cut off where nothing scrolls them into sight.
CUT_OFF = """(root) => {
  const cut = [];
  const check = (box, element, what) => {
    for (let around = element; around; around = around.parentElement) {
      const { overflowX, clipPath } = getComputedStyle(around);
      if (overflowX === 'auto' || clipPath !== 'none') return; // it scrolls, or is meant to be cut
      if (around === root) break;
    }
    const { left, right } = root.getBoundingClientRect();
    if (box.width && (box.left < left || box.right > right + 0.5)) cut.push(what);
  };
  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects()) {
      check(box, words.currentNode.parentElement, words.currentNode.textContent);
    }
  }
  for (const control of root.querySelectorAll('button, input, select, rect')) {
    check(control.getBoundingClientRect(), control, control.outerHTML.slice(0, 80));
  }
  return cut;
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "layer",
    [
        Conv(5, 3, stride=2, padding=1),
        Conv(16, 5, padding=2),
        Conv((3, 9), (2, 4), padding=((0, 1), (2, 3))),
        Conv(32, 3),
    ],
    ids=repr,
)
def test_nothing_is_cut_off(bare: Any, layer: Conv, width: int) -> None:
    view = show(bare, ConvWidget(layer), width=width)
    view.open_more()
    view.drawn()
    assert view.root.evaluate(CUT_OFF) == []
    assert view.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refusal_is_not_cut_off(bare: Any, width: int) -> None:
    view = show(bare, ConvWidget(Conv((3, 9), (2, 4), padding=((0, 1), (2, 3)))), width=width)
    view.type("kernel columns k", "99")
    assert view.drawn().banner
    assert view.root.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_width_shows_the_same_numbers(bare: Any, width: int) -> None:
    widget = ConvWidget.figure("2.6")
    view = show(bare, widget, width=width)
    truth, drawn = Truth(widget, ((1, 1), (1, 1))), view.drawn()
    assert {at: cell.text for at, cell in drawn.cells("output").items()} == {
        at: str(int(truth.output[at])) for at in truth.outputs()
    }
    view.hover("output", 1, 2)
    drawn = view.drawn()
    assert drawn.outlined("input", "window") == [(*truth.start((1, 2)), *truth.span)]
    view.hover("input", 4, 4)
    assert view.drawn().lit("output") == {output for output, _ in truth.reached((4, 4))}


def test_a_page_that_changes_its_width_is_drawn_anew(bare: Any) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.click("output", 1, 2)
    edges = []
    for width in (1080, 320, 1080):
        view.page.set_viewport_size({"width": width, "height": 1000})
        view.drawn()
        drawn = view.drawn()
        edges.append(drawn.box_of("input")[2])
        assert drawn.at == "output[1, 2] · 6 of 9"
        assert view.root.evaluate(CUT_OFF) == []
    assert edges[0] == edges[2] > edges[1]


# The contrast of each number of the picture with the cell or tab that it stands on.
CONTRASTS = """(root) => {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  const light = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = getComputedStyle(root).backgroundColor;
  return [...root.querySelectorAll('.cw-picture text, .cw-picture tspan')].map((text) => {
    const rect = text.parentElement.querySelector(':scope > rect');
    const fill = rect ? getComputedStyle(rect).fill : 'none';
    const pair = [getComputedStyle(text).fill, fill === 'none' ? ground : fill].map(light);
    const [low, high] = pair.sort((a, b) => a - b);
    return [(high + 0.05) / (low + 0.05), text.textContent, text.parentElement.classList.value];
  });
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_of_the_picture_stands_out_from_its_ground(bare: Any, theme: str) -> None:
    view = show(bare, ConvWidget.figure("5.1"), theme=theme)
    check_contrast(view)
    view.type("padding p", "1")
    for map in ("output", "input", "kernel"):
        view.hover(map, 1, 1)
        view.drawn()
        check_contrast(view)


def check_contrast(view: View) -> None:
    ratios = view.root.evaluate(CONTRASTS)
    assert len(ratios) > 30
    assert [found for found in ratios if found[0] < 4.5] == []


@pytest.mark.parametrize(
    ("root", "body", "dark"),
    [
        ({}, {}, False),
        ({}, {"data-jp-theme-light": "false"}, True),
        ({}, {"data-vscode-theme-kind": "vscode-dark"}, True),
        ({}, {"data-vscode-theme-kind": "vscode-light"}, False),
        ({"data-theme": "dark"}, {}, True),
    ],
)
def test_the_page_around_says_what_the_theme_is(
    bare: Any, root: dict[str, str], body: dict[str, str], dark: bool
) -> None:
    view = show(bare, ConvWidget.figure("2.6"))
    view.page.evaluate(
        """([root, body]) => [[document.documentElement, root], [document.body, body]]
          .forEach(([element, values]) => Object.entries(values)
            .forEach(([name, value]) => element.setAttribute(name, value)))""",
        [root, body],
    )
    view.drawn()
    assert ("cw-dark" in (view.root.get_attribute("class") or "")) == dark
    for forced in ("dark", "light"):
        view.receive(theme=forced)
        view.drawn()
        assert ("cw-dark" in (view.root.get_attribute("class") or "")) == (forced == "dark")


# Each title with the titles and grids that it runs into.
MEETINGS = """(root) => {
  const titles = [...root.querySelectorAll('.cw-caption')];
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 &&
    a.top < b.bottom - 3 && b.top < a.bottom - 3; // a line of text is higher than its letters
  const box = (element) => element.getBoundingClientRect();
  return titles.flatMap((title) => [...titles, ...root.querySelectorAll('.cw-frame')]
    .filter((other) => other !== title && meet(box(title), box(other)))
    .map((other) => [title.textContent, other.textContent]));
}"""


@pytest.mark.parametrize("width", [360, 700, 860, 1000, 1280])
@pytest.mark.parametrize("number", ["2.6", "4.1", "4.4", "4.6", "5.1"])
def test_no_title_runs_into_another_or_into_a_grid(bare: Any, number: str, width: int) -> None:
    widget = ConvWidget.figure(number)
    widget.view = "equivalent" if number.startswith("4") else "grids"
    view = show(bare, widget, width=width)
    assert view.root.evaluate(MEETINGS) == []
