"""Whether Python and each view of a widget show the same: what both say, and where they differ."""

import json
from itertools import product
from typing import Any

import numpy as np
import traitlets
from drawn import MANY

from convwidget import AvgPool, Conv, ConvTranspose, ConvWidget, MaxPool
from convwidget.layers.wire import to_wire

REFUSALS = (AttributeError, TypeError, ValueError, traitlets.TraitError)
MOST = 32  # rows and columns of a table; a larger map is left out there
SYNCED = ("layer", "input", "kernel", "position", "view", "theme", "predict", "answers")


def attempt(w: ConvWidget, code: str) -> str:
    """Run a line of Python; where it raises, nothing may have changed."""
    before = dump(w)
    names = {"w": w, "np": np, "Conv": Conv, "ConvTranspose": ConvTranspose}
    try:
        exec(code, names | {"MaxPool": MaxPool, "AvgPool": AvgPool})
    except REFUSALS as error:
        if dump(w) != before:
            raise AssertionError(f"{code} raised {error!r}, but changed something") from None
        return f"{type(error).__name__}: {error}"
    return ""


def dump(w: ConvWidget) -> str:
    """What Python has of all that travels."""
    return json.dumps({name: w.get_state(name)[name] for name in SYNCED})


def told(w: ConvWidget) -> dict[str, Any]:
    """What Python would say about a widget, ready to travel as JSON."""
    layer = w.layer
    maps = {"input": w.input, "kernel": w.kernel, "output": w.output}
    return {
        "layer": {**to_wire(layer), "pads": layer.pads},
        "shapes": {name: list(x.shape) for name, x in maps.items() if x is not None},
        "maps": {
            name: x.tolist() for name, x in maps.items() if x is not None and _is_small(x.shape)
        },
        "position": list(w.position),
        "view": w.view,
        "theme": w.theme,
        "hidden": w._hidden,
        "repr": repr(w),
    }


def _is_small(shape: tuple[int, ...]) -> bool:
    return all(size <= MOST for size in shape[-2:])


# What a view shows, with its tables open for as long as they are read.
READ = f"""async () => {{
  {MANY}
"""
READ += """  const seen = (el) => el && el.style.display !== 'none';
  const number = (text) => text.trim().replaceAll('−', '-').replace('∞', 'Infinity');
  const views = [];
  const tables = [...document.querySelectorAll('.cw')].map((root) =>
    [...root.querySelectorAll('.cw-disclosure')].find((details) =>
      details.querySelector('.cw-tables')));
  const open = tables.map((details) => details.open);
  for (const details of tables) details.open = true;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  for (const [n, root] of [...document.querySelectorAll('.cw')].entries()) {
    const maps = {};
    for (const table of tables[n].querySelectorAll('table')) {
      maps[table.caption.textContent] = [...table.tBodies[0].rows].map((row) =>
        [...row.cells].slice(1).map((cell) => number(cell.textContent)));
    }
    const cells = [];
    for (const cell of root.querySelectorAll('[data-map] [role=gridcell][data-index]')) {
      const map = cell.closest('[data-map]').dataset.map;
      if (cells.length < 3000) cells.push([map, cell.dataset.index, number(cell.ariaLabel ?? '')]);
    }
    for (const grid of root.querySelectorAll('.cw-grid[data-map]')) {
      if (grid.closest('[aria-hidden=true]')) continue; // the enlarged window, a part of the input
      for (const { index, text } of many(grid, 7)) {
        if (index && cells.length < 3000) cells.push([grid.dataset.map, `${index}`, number(text)]);
      }
    }
    const selected = [...root.querySelectorAll('[role=tab][aria-selected=true]')];
    views.push({
      name: root.getAttribute('aria-label'),
      dark: root.classList.contains('cw-dark'),
      maps,
      large: [...tables[n].querySelectorAll('.cw-tables > p')].map((p) => p.textContent),
      cells,
      at: root.querySelector('.cw-at').textContent,
      scrub: root.querySelector('.cw-scrub').value,
      tabs: [...root.querySelectorAll('[role=tab]')].map((tab) => tab.dataset.view),
      tab: selected.map((tab) => tab.dataset.view),
      banner: root.querySelector('.cw-banner').textContent,
      // (inside a picture grey also means that a window is not the one looked at)
      stale: [...root.querySelectorAll('.cw-stale:not(.cw-holder *)')].map((el) => el.className),
      asked: seen(root.querySelector('.cw-predict')),
      unturned: root.querySelector('[role=switch]')?.checked === false,
      operation: root.querySelector('.cw-operation').value,
      dimensions: root.querySelector('[aria-label=dimensions]').value,
      typed: Object.fromEntries([...root.querySelectorAll('.cw-settings input.cw-number')]
        .filter((field) => field !== document.activeElement && field.closest('label, .cw-setting')
          .style.display !== 'none')
        .map((field) => [field.ariaLabel, field.value])),
      ticked: Object.fromEntries([...root.querySelectorAll('.cw-settings > div > label.cw-check')]
        .filter(seen).map((label) => [label.textContent, label.querySelector('input').checked])),
      pictures: root.querySelectorAll('.cw-holder > :not(.cw-editor)').length,
    });
  }
  for (const [n, details] of tables.entries()) details.open = open[n];
  return views;
}"""


def differences(python: dict[str, Any], views: list[dict[str, Any]]) -> list[str]:
    """Where a view shows something else than Python has; and where two views differ."""
    found = [
        f"view {n}: {problem}"
        for n, view in enumerate(views, 1)
        for problem in _problems(python, view)
    ]
    for name in ("name", "tabs", "tab", "at", "dark"):
        shown = [view[name] for view in views]
        if any(one != shown[0] for one in shown):
            found.append(f"the views differ in {name}: {shown}")
    return found


def _problems(python: dict[str, Any], view: dict[str, Any]) -> list[str]:
    found = []

    def same(what: str, shown: object, expected: object) -> None:
        if shown != expected:
            found.append(f"{what} is {shown!r}, but Python has {expected!r}")

    same("the operation", view["operation"], python["layer"]["type"])
    same("the number of dimensions", view["dimensions"], str(len(python["layer"]["input_size"])))
    same("whether it asks", view["asked"], python["hidden"])
    if bool(view["banner"]) != bool(view["stale"]):
        found.append(f"greyed: {view['stale']}, the banner says {view['banner']!r}")
    if view["pictures"] != 1:
        found.append(f"{view['pictures']} pictures are drawn")
    if python["theme"] != "auto":
        same("dark", view["dark"], python["theme"] == "dark")
    for name, value in view["ticked"].items():
        same(name, value, python["layer"][name])
    if not view["banner"]:
        for name, value in view["typed"].items():
            same(f"the field {name!r}", value, _setting(python["layer"], name))
    found += _tables(python, view)
    if python["hidden"]:
        if view["tabs"]:
            found.append(f"while it asks there are tabs: {view['tabs']}")
        found += [f"it gives {cell} away" for cell in view["cells"] if cell[0] == "output"]
        return found
    if len(view["tab"]) != 1 or (
        python["view"] in view["tabs"] and view["tab"][0] != python["view"]
    ):
        same("the view", view["tab"], [python["view"]])
    shape = python["shapes"]["output"]
    place = int(np.ravel_multi_index(python["position"], shape))
    index = ", ".join(map(str, python["position"]))
    same("the window", view["at"], f"output[{index}] · {place + 1} of {np.prod(shape)}")
    same("the transport's slider", view["scrub"], str(place))
    # A ruler's cells are places on an axis, and a kernel left unturned makes a wrong output.
    if not view["unturned"] and view["tab"] != ["ruler"]:
        found += _cells(python, view)
    return found


def _tables(python: dict[str, Any], view: dict[str, Any]) -> list[str]:
    found = []
    expected = {}
    for name, shape in python["shapes"].items():
        if name == "output" and python["hidden"]:
            continue
        rows, columns = [1, *shape][-2:]
        for lead in product(*map(range, shape[:-2])):
            where = f"[{', '.join(map(str, lead))}]" if lead else ""
            title = f"{name}{where}, {rows} × {columns}"
            if name not in python["maps"]:
                if not any(line.startswith(title) for line in view["large"]):
                    found.append(f"nothing says that {title} is too large: {view['large']}")
                continue
            plane = python["maps"][name]
            for n in lead:
                plane = plane[n]
            expected[title] = plane if len(shape) > 1 else [plane]
    if list(view["maps"]) != list(expected):
        return [*found, f"the tables are {list(view['maps'])}, but Python has {list(expected)}"]
    for title, plane in expected.items():
        shown = [text for row in view["maps"][title] for text in row]
        values = [value for row in plane for value in row]
        wrong = [pair for pair in zip(shown, values, strict=True) if not reads(*pair)]
        if wrong:
            found.append(f"the table {title} has (shown, in Python) {wrong[:5]}")
    return found


def _cells(python: dict[str, Any], view: dict[str, Any]) -> list[str]:
    wrong = []
    for map, place, shown in view["cells"]:
        turned = view["tab"] == ["equivalent"] and map == "kernel"
        if turned or map not in python["maps"] or not shown:
            continue
        index = tuple(int(n) for n in place.split(","))
        shape = python["shapes"][map]
        if len(index) == len(shape) + 1:
            index = (*index[:-2], index[-1])  # a strip is drawn as a map of one row
        if view["tab"] == ["subsampling"] and map == "output":
            kept = [divmod(n, s) for n, s in zip(index, python["layer"]["stride"], strict=True)]
            index = tuple(n for n, _ in kept)
            if any(rest for _, rest in kept) or any(
                n >= o for n, o in zip(index, shape, strict=True)
            ):
                continue  # computed, and not kept
        try:
            value = np.array(python["maps"][map])[index]
        except IndexError:
            wrong.append(f"{map}[{place}], which Python does not have: {shape}")
            continue
        if not reads(shown, value):
            wrong.append(f"{map}[{place}] shows {shown}, but Python has {value}")
    return wrong[:5]


def reads(shown: str, value: float) -> bool:
    """Whether a number as the page writes it, with two decimals or two digits, is a value."""
    try:
        read = float(shown)
    except ValueError:
        return False
    if not np.isfinite(value):
        return read == value
    return abs(read - value) <= max(0.00501, 0.051 * abs(value) if "e" in shown else 0)


LETTERS = {
    "i": "input_size",
    "i′": "input_size",
    "k": "kernel_size",
    "s": "stride",
    "p": "pads",
    "d": "dilation",
    "t": "stretch",
    "a": "output_padding",
}
SIDES = {"top": (-2, 0), "bottom": (-2, 1), "left": (-1, 0), "right": (-1, 1)}
SIDES |= {"front": (-3, 0), "back": (-3, 1), "before": (-1, 0), "after": (-1, 1)}
AXES = {"slices": -3, "rows": -2, "columns": -1, "cells": -1}
MAPS = {"input maps": "in_channels", "output maps": "out_channels", "groups": "groups"}


def _setting(layer: dict[str, Any], name: str) -> str:
    """What a field must show, by the field's name such as "padding top p"."""
    if name in MAPS:
        groups = layer["groups"]
        count = groups if name == "groups" else layer[MAPS[name]] or layer["groups"]
        return str(count)
    *words, letter = name.split(" ")
    values = layer[LETTERS[letter]]
    axis, side = SIDES.get(words[-1], (AXES.get(words[-1], 0), 0))
    value = values[axis][side] if letter == "p" else values[axis]
    return str(value)
