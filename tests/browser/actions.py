"""Random hands on the widget: what a person might do in any order, told so that it can be redone.

Each action draws the same numbers from its generator whatever the page shows, so a seed always
leads through the same list of wishes; the page only decides which of its elements is meant.
"""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import Page

# What an action touches, by its name.
TOUCHED = {
    "choose": ".cw-toolbar select, .cw-settings select, .cw-transport select, .cw-disclosure select"
    ", .cw-stage select",
    "type": "input.cw-number",
    "slide": "input[type=range]:not(.cw-scrub)",
    "scrub": ".cw-scrub",
    "tick": "input[type=checkbox]",
    "unfold": "summary",
    "press": "button",
    "tab": "[role=tab]",
    "offer": ".cw-chip, .cw-near, .cw-stepper button",
    "way back": ".cw-ways-back button",
    "cell": "[role=gridcell][data-index]",
}

# `hands.find` picks an element that can be seen and used, and says where it is; `hands.act` uses
# it at once, with the events that a browser would send.
HANDS = """(kinds) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  const roots = () => [...document.querySelectorAll('.cw')];
  const name = (el) => {
    const said = el.getAttribute('aria-label') ?? el.closest('label')?.innerText ?? el.innerText ??
      el.textContent;
    const map = el.closest('[data-map]')?.dataset.map;
    return map ? `${map}[${el.dataset.index}] = ${said}` : said.trim().slice(0, 60);
  };
  const find = (view, kind, pick) => {
    const all = [...roots()[view].querySelectorAll(kinds[kind])]
      .filter((el) => !el.disabled && el.checkVisibility());
    return all[Math.floor(pick * all.length)] ?? null;
  };
  const write = (el, value) => {
    el.value = value;
    el.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const act = {
    async choose(el, share) {
      const options = [...el.options].filter((option) => !option.disabled);
      const option = options[Math.floor(share * options.length)];
      el.value = option.value;
      el.dispatchEvent(new Event('input', { bubbles: true }));
      el.dispatchEvent(new Event('change', { bubbles: true }));
      return `"${option.text}"`;
    },
    async type(el, share, text) {
      el.focus();
      write(el, text);
      el.dispatchEvent(new Event('change', { bubbles: true }));
      if (share < 0.7) el.blur();
      return `"${text}"${share < 0.7 ? ' and leave it' : ''}`;
    },
    async slide(el, share) {
      const [from, least, most] = [el.value, el.min, el.max].map(Number);
      const to = Math.floor(least + share * (most - least + 1));
      const step = Math.max(1, Math.ceil(Math.abs(to - from) / 5));
      for (let at = from; at !== to;) {
        at += Math.sign(to - at) * Math.min(step, Math.abs(to - at));
        write(el, at);
        await frame();
      }
      return `to ${to}`;
    },
  };
  act.scrub = act.slide;
  for (const kind of ['tick', 'unfold', 'press', 'tab', 'offer', 'way back']) {
    act[kind] = async (el) => { el.click(); return ''; };
  }
  window.hands = {
    frame,
    async act(view, kind, pick, share, text) {
      const el = find(view, kind, pick);
      if (!el) return null;
      const said = name(el);
      const how = await act[kind](el, share, text);
      await frame();
      return `${said} ${how}`;
    },
    find(view, kind, pick) {
      const el = find(view, kind, pick);
      if (!el) return null;
      el.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const { x, y, width, height } = el.getBoundingClientRect();
      const at = document.elementFromPoint(x + width / 2, y + height / 2);
      if (!at || !roots()[view].contains(at)) return null; // something else lies over it
      return { name: name(el), x, y, width, height };
    },
    // Keys go to the widget only: the notebook around it has commands on single letters.
    keep(view, pick) {
      const root = roots()[view];
      const now = document.activeElement;
      if (!root.contains(now) || now.disabled || now.matches('select')) {
        const el = find(view, 'cell', pick) ?? find(view, 'tab', pick);
        el?.focus();
        return el?.contains(document.activeElement) ? name(el) : null;
      }
      return name(now);
    },
    resize(view, width) {
      roots()[view].parentElement.style.width = width ? `${width}px` : '';
    },
    // Let go of what would still move: each view's play button.
    still() {
      for (const root of roots()) root.querySelector('[aria-label=pause]')?.click();
    },
  };
}"""

NUMBERS = ["1", "2", "3", "4", "5", "6", "7", "8"]
ODD = ["", "0", "-1", "-3", "9", "16", "40", "513", "2.5", "1e3", "99999999999999999999", "-0"]
VALUES = ["7", "-4", "0", "2.5", "1000", "−3", "1e149", "", "abc", "1e999", "0,5", "-"]
KEYS = [
    *("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"),
    *("Enter", "Escape", "Tab", "Shift+Tab", " ", "[", "]", "F2", "Delete"),
    *("Control+Home", "Control+End", "Control+z", "Shift+ArrowUp", "Shift+ArrowDown", "3", "-"),
]
WIDTHS = [320, 360, 480, 640, 700, 900, 1050, 1280, 1400]

# What Python does, each for itself; many of these cannot be, and then nothing may change.
PYTHON = [
    "w.set(input_size={a}, kernel_size={b})",
    "w.set(input_size={a}, kernel_size={b}, stride={c}, padding={c})",
    "w.stride = {a}",
    "w.kernel_size = {a}",
    "w.input_size = ({a}, {b})",
    "w.padding = 'same'",
    "w.padding = (({c}, 1), (0, {c}))",
    "w.padding = -{c}",
    "w.dilation = {c}",
    "w.ceil_mode = True",
    "w.output_padding = 1",
    "w.set(in_channels={c}, out_channels={a})",
    "w.groups = {c}",
    "w.layer = Conv({a}, {b}, stride={c}, padding=1)",
    "w.layer = Conv(({a},), ({c},))",
    "w.layer = Conv(({c}, {a}, {b}), 2, padding=1)",
    "w.layer = Conv({a}, {c}, in_channels=4, out_channels=2, groups=2)",
    "w.layer = ConvTranspose({a}, {b}, stride={c})",
    "w.layer = ConvTranspose({a}, 3, stride={c}, padding='half', output_padding=1)",
    "w.layer = ConvTranspose(({a},), {b}, stride={c})",
    "w.layer = MaxPool({a}, {c}, ceil_mode=True)",
    "w.layer = AvgPool({a}, {c}, padding=1, count_include_pad=False)",
    "w.layer = 5",
    "w.input = 'ones'",
    "w.input = [[1, 2], [3]]",
    "w.kernel = 'sobel'",
    "w.kernel = -w.kernel",
    "w.input = w.input / 3",
    "w.input = w.input",
    "w.set(layer=Conv(4, 2), input=np.arange(16).reshape(4, 4), kernel=np.eye(2))",
    "w.set(layer=Conv(3, {a}), input=np.zeros((4, 4)))",
    "w.position = tuple(n - 1 for n in w.output.shape)",
    "w.position = (99, 99)",
    "w.view = {view!r}",
    "w.view = 'sideways'",
    "w.theme = {theme!r}",
    "w.predict = {predict}",
    "w.predict = False",
    "w.answers = []",
    "w.layer = Conv(5, 3, stride=2, padding=1)",
]
VIEWS = ["grids", "stacked", "matrix", "ruler", "subsampling", "stamp", "equivalent", "back"]

# How often each action is wished for.
WEIGHTS = {
    "choose": 12,
    "type": 18,
    "slide": 6,
    "scrub": 3,
    "tick": 5,
    "unfold": 4,
    "press": 8,
    "tab": 8,
    "offer": 8,
    "way back": 5,
    "hover": 5,
    "click": 6,
    "edit": 6,
    "key": 14,
    "drag": 4,
    "write": 4,
    "resize": 2,
    "theme": 0.5,
    "python": 10,
}


class Wish(NamedTuple):
    """One action before the page is asked what it comes to."""

    kind: str
    view: int
    pick: float
    share: float
    real: bool
    texts: tuple[str, ...]
    code: str


def wishes(seed: int) -> Any:
    """An endless list of actions, the same for a seed."""
    dice = random.Random(seed)
    kinds, weights = list(WEIGHTS), list(WEIGHTS.values())
    while True:
        (kind,) = dice.choices(kinds, weights)
        number = dice.choice(ODD if dice.random() < 0.25 else NUMBERS)
        numbers = {name: dice.randint(1, most) for name, most in zip("abc", (9, 5, 3), strict=True)}
        code = dice.choice(PYTHON).format(
            **numbers,
            view=dice.choice(VIEWS),
            theme=dice.choice(["auto", "light", "dark"]),
            predict=dice.random() < 0.4,
        )
        texts = (number, dice.choice(VALUES), dice.choice(KEYS))
        yield Wish(
            kind, dice.randrange(2), dice.random(), dice.random(), dice.random() < 0.4, texts, code
        )


class Hands:
    """Two views of one widget on a page, and what is done with them."""

    def __init__(
        self,
        page: Page,
        python: Callable[[str], str],
        resize: Callable[[int, int], None] | None = None,
        theme: Callable[[float], str] | None = None,
    ) -> None:
        self.page, self.python, self.resize, self.theme = page, python, resize, theme
        self.told: list[str] = []
        page.evaluate(HANDS, TOUCHED)

    def do(self, wish: Wish) -> None:
        """Fulfil a wish, as far as the page has what it is about."""
        told = f"{len(self.told) + 1}. view {wish.view + 1}: {wish.kind} "
        self.told.append(told + "…")
        act = getattr(self, f"_{wish.kind}", None)
        if act is None:
            act = self._press if wish.real and wish.kind in PRESSED else self._at_once
        self.told[-1] = told + (act(wish) or "(there is none)")

    def _at_once(self, wish: Wish) -> str | None:
        call = "a => hands.act(...a)"
        given = [wish.view, wish.kind, wish.pick, wish.share, wish.texts[0]]
        return self.page.evaluate(call, given)

    def _found(self, wish: Wish, kind: str) -> dict[str, Any] | None:
        return self.page.evaluate("a => hands.find(...a)", [wish.view, kind, wish.pick])

    def _settle(self) -> None:
        self.page.evaluate("hands.frame()")

    def _press(self, wish: Wish) -> str | None:
        found = self._found(wish, wish.kind)
        if not found:
            return None
        self.page.mouse.click(*middle(found))
        self._settle()
        return f"{found['name']} with the mouse"

    def _hover(self, wish: Wish) -> str | None:
        found = self._found(wish, "cell")
        if not found:
            return None
        self.page.mouse.move(*middle(found))
        self._settle()
        return str(found["name"])

    def _click(self, wish: Wish) -> str | None:
        found = self._found(wish, "cell")
        if not found:
            return None
        self.page.mouse.click(*middle(found))
        self._settle()
        return str(found["name"])

    def _edit(self, wish: Wish) -> str | None:
        found = self._found(wish, "cell")
        if not found:
            return None
        _, text, _ = wish.texts
        end = ["Enter", "Escape", "Tab", "Enter"][int(wish.share * 4)]
        self.page.mouse.dblclick(*middle(found))
        if not self.page.evaluate("document.activeElement.matches('.cw-editor')"):
            return f"{found['name']}, which cannot be written in"
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press(end)
        self._settle()
        return f"{found['name']}: double click, {text!r}, {end}"

    def _key(self, wish: Wish) -> str | None:
        at = self.page.evaluate("a => hands.keep(...a)", [wish.view, wish.pick])
        if at is None:
            return None
        key = wish.texts[2]
        self.page.keyboard.press(key)
        self._settle()
        return f"{key} on {at}"

    def _drag(self, wish: Wish) -> str | None:
        found = self._found(wish, "scrub" if wish.share < 0.3 else "slide")
        if not found:
            return None
        x, y = middle(found)
        to = found["x"] + wish.pick * found["width"]
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move((x + to) / 2, y)
        self.page.mouse.move(to, y)
        self.page.mouse.up()
        self._settle()
        return f"slider {found['name']} from its middle to {wish.pick:.0%}"

    def _write(self, wish: Wish) -> str | None:
        found = self._found(wish, "type")
        if not found:
            return None
        self.page.mouse.click(*middle(found))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(wish.texts[0])
        end = ["Enter", "Escape", "Tab"][int(wish.share * 3)]
        self.page.keyboard.press(end)
        self._settle()
        return f'"{wish.texts[0]}" in {found["name"]} with the keyboard, {end}'

    def _resize(self, wish: Wish) -> str:
        width = WIDTHS[int(wish.share * len(WIDTHS))]
        if self.resize:
            self.resize(wish.view, width)
        self._settle()
        self._settle()
        return f"to {width}"

    def _theme(self, wish: Wish) -> str:
        return self.theme(wish.share) if self.theme else ""

    def _python(self, wish: Wish) -> str:
        answer = self.python(wish.code)
        self._settle()
        return f"{wish.code}{answer and f'  # {answer}'}"


PRESSED = ("press", "tab", "offer", "way back", "tick", "unfold")


def middle(box: dict[str, Any]) -> tuple[float, float]:
    """The middle of an element."""
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
