"""Saved pages, opened from the disk with no network: alive, in step with SciPy, readable."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import watch
from playwright.sync_api import Browser, Page, expect
from scipy.signal import correlate2d
from view import View

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool, export

X = np.arange(36).reshape(6, 6) * 7 % 10
K = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
LAYER = Conv(6, 3, padding=1)

Open = Callable[..., Page]
ALIVE = "Where scripts may run, this page is alive, and its settings can be changed."


@pytest.fixture
def saved(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page's text, or what a widget saves, from the disk: ``saved(what, width=900)``.

    An error in the page fails the test, as does asking for anything that is not in the file.
    """
    contexts, problems = [], []

    def open_file(
        what: str | ConvWidget, *, broken: str = "", width: int = 900, **more: Any
    ) -> Page:
        path = tmp_path / "page.html"
        if isinstance(what, ConvWidget):
            what.save(path)
        else:
            path.write_text(what, "utf-8")
        options = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"}
        contexts.append(browser.new_context(offline=True, **{**options, **more}))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.add_init_script(broken)
        problems.append(watch(page))
        page.on("request", lambda request: problems[-1].extend(asked(request.url)))
        page.goto(path.as_uri())
        return page

    def asked(url: str) -> list[str]:
        inside = url.startswith(("data:", "blob:")) or url.endswith("/page.html")
        return [] if inside else [f"the page asked for {url}"]

    yield open_file
    for context in contexts:
        context.close()
    assert [problem for of in problems for problem in of] == []


def widget(**options: Any) -> ConvWidget:
    return ConvWidget(LAYER, input=X, kernel=K, **options)


def output(view: View) -> np.ndarray[Any, Any]:
    """The numbers of the output that is drawn."""
    cells = view.drawn().cells("output")
    shape = np.array(list(cells)).max(0) + 1
    return np.array([cells[at].text for at in sorted(cells)], dtype=int).reshape(shape)


def expected(stride: int, padding: int = 1) -> np.ndarray[Any, Any]:
    return correlate2d(np.pad(X, padding), K, "valid")[::stride, ::stride]


def drag(view: View, name: str, cells: float) -> None:
    """Drag the thumb of a setting's slider to the right."""
    box = view.slider(name).bounding_box()
    assert box
    x, y = box["x"] + 8, box["y"] + box["height"] / 2
    view.page.mouse.move(x, y)
    view.page.mouse.down()
    view.page.mouse.move(x + cells, y, steps=4)
    view.page.mouse.up()


@pytest.mark.parametrize("width", [1000, 360])
def test_a_slider_changes_the_output_with_no_network_and_no_kernel(saved: Open, width: int) -> None:
    view = View(saved(widget(), width=width))
    np.testing.assert_array_equal(output(view), expected(stride=1))
    drag(view, "stride s", 400)
    assert view.field("stride s").input_value() == "6"
    np.testing.assert_array_equal(output(view), expected(stride=6))
    view.button("Undo").click()
    np.testing.assert_array_equal(output(view), expected(stride=1))


def test_reset_comes_back_to_what_was_saved(saved: Open) -> None:
    changed = widget()
    changed.stride = 3
    view = View(saved(changed))
    view.type("stride s", "1")
    view.button("Reset").click()
    np.testing.assert_array_equal(output(view), expected(stride=3))


def test_a_click_pins_the_window_and_the_views_are_offered(saved: Open) -> None:
    view = View(saved(widget(position=(1, 1))))
    assert "output[1, 1]" in view.root.inner_text()
    view.click("output", 2, 3)
    view.leave()
    assert "output[2, 3]" in view.root.inner_text()
    view.root.get_by_role("tab", name="Matrix").click()
    expect(view.root.get_by_role("tab", name="Matrix")).to_have_attribute("aria-selected", "true")


def test_two_widgets_on_a_page_live_apart(saved: Open) -> None:
    page = saved(export.page([widget(), widget()], title="Twice"))
    first, second = View(page, 0), View(page, 1)
    second.type("padding p", "0")
    np.testing.assert_array_equal(output(first), expected(stride=1))
    np.testing.assert_array_equal(output(second), expected(stride=1, padding=0))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids))


def test_every_kind_of_layer_comes_to_life(saved: Open) -> None:
    layers = [ConvTranspose(3, 3, stride=2), MaxPool(4, 2), AvgPool((9,), 3), Conv(4, 2, groups=2)]
    page = saved(export.page(map(ConvWidget, layers)))
    for n in range(len(layers)):
        View(page, n)
    expect(page.locator(".cw")).to_have_count(len(layers))


GROUND = "element => getComputedStyle(element).backgroundColor"
COLOUR = "element => getComputedStyle(element).color"


def brightness(page: Page, selector: str, of: str) -> int:
    colour = str(page.locator(selector).first.evaluate(of))
    return sum(int(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("forced", ["auto", "light", "dark"])
@pytest.mark.parametrize("width", [900, 360])
def test_a_page_is_light_or_dark_as_the_reader_or_python_wishes(
    saved: Open, picture: Any, system: str, forced: str, width: int
) -> None:
    page = saved(export.page([widget()], theme=forced), color_scheme=system, width=width)
    View(page).settle()
    dark = (system if forced == "auto" else forced) == "dark"
    for selector in ("html", ".cw"):
        assert (brightness(page, selector, GROUND) < 200) == dark, selector
    for selector in ("h1", ".cw"):
        assert (brightness(page, selector, COLOUR) > 500) == dark, selector
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if forced == "auto":
        picture(page, f"saved-page-{system}-{width}")


def test_a_page_turns_dark_while_it_is_read(saved: Open) -> None:
    page = saved(widget(), color_scheme="light")
    view = View(page)
    page.emulate_media(color_scheme="dark")
    expect(view.root).to_contain_class("cw-dark")
    assert brightness(page, "html", GROUND) < 200


@pytest.mark.parametrize("system", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_the_whole_page(saved: Open, system: str) -> None:
    # A page's policy may forbid axe its own scripts; this one has none.
    page = saved(export.page([widget(), ConvWidget(MaxPool(4, 2))]), color_scheme=system)
    View(page, 1).settle()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"][:120]) for violation in found] == []


def test_a_prediction_is_asked_for_and_then_shown(saved: Open) -> None:
    page = saved(export.page([widget(predict=True)], title="Predict"))
    view = View(page)
    assert "output" not in view.drawn().maps
    assert "6 × 6, padded" in view.root.inner_text()
    view.root.locator(".cw-question input").fill("6")
    view.button("Check").click()
    np.testing.assert_array_equal(output(view), expected(stride=1))


def test_without_scripts_the_sizes_are_read_and_the_picture_is_seen(saved: Open) -> None:
    page = saved(widget(), java_script_enabled=False, width=360)
    expect(page.get_by_role("heading")).to_have_text("Conv(6, 3, padding=1)")
    # Playwright's own ways to find text and roles pass over <noscript>.
    alive, words = page.locator("noscript p").all()
    image = page.locator("noscript img")
    expect(alive).to_be_visible()
    assert alive.text_content() == ALIVE
    expect(words).to_be_visible()
    assert "the kernel 3 × 3 and the output 6 × 6." in (words.text_content() or "")
    box = image.bounding_box()
    assert box
    assert 300 < box["width"] <= 360
    assert box["height"] > 100


def test_a_browser_that_is_too_old_shows_what_is_read_without_scripts(saved: Open) -> None:
    page = saved(widget(), broken="delete globalThis.DecompressionStream")
    expect(page.get_by_text("the kernel 3 × 3 and the output 6 × 6.")).to_be_visible()
    expect(page.get_by_role("img")).to_be_visible()
    expect(page.get_by_text("The picture is not alive in this browser.")).to_be_visible()
    expect(page.get_by_text("convwidget needs Chrome 103")).to_be_visible()
    # Scripts do run here, and nothing that is seen says that they would help.
    assert ALIVE not in page.locator("main").inner_text()
    assert "can be changed" not in page.locator("main").inner_text()


def test_with_scripts_what_is_for_readers_without_is_not_seen(saved: Open) -> None:
    page = saved(widget())
    View(page)
    for text in (ALIVE, "the input has the shape", "The picture is not alive"):
        expect(page.get_by_text(text)).to_have_count(0)
