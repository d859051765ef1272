"""What is shipped: the wheel and the sdist, the built front end, and the version."""

import base64
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
import zlib
from pathlib import Path

import pytest
from deno_tool import ROOT, deno

import convwidget

STATIC = ROOT / "convwidget/static"
FRONT_END = {f"convwidget/static/{name}" for name in ("widget.js", "widget.css")}

# Run where there is no program to be found, so that nothing but Python can have been needed.
SHOW_A_WIDGET = """
import sys
import convwidget
widget = convwidget.ConvWidget(convwidget.Conv(5, 3))
assert {"numpy", "matplotlib"}.isdisjoint(sys.modules)
assert "site-packages" in convwidget.__file__
assert len(widget._esm) > 1000 and len(widget._css) > 1000
widget.output.sum()
print(convwidget.__version__, widget.output.shape)
"""


def run(*command: str | Path, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was made from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    return folder


def data_files() -> set[str]:
    return {f"convwidget/data/{path.name}" for path in (ROOT / "convwidget/data").glob("*.*")}


def test_the_wheel_has_the_front_end_and_its_data_but_no_sources_of_it(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert data_files()
    assert names >= FRONT_END | data_files() | {"convwidget/py.typed"}
    assert not [name for name in names if name.startswith(("convwidget/js/", "tests/"))]


def test_the_sdist_has_all_that_the_wheel_and_its_tests_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    here = {"LICENSE", "README.md", "Makefile", "convwidget/js/widget.js"}
    assert names >= FRONT_END | data_files() | here
    assert not [name for name in names if name.startswith((".venv", "test-artifacts", ".git/"))]


def test_installing_needs_no_javascript_tools(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    venv.create(tmp_path / "venv")
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / Path(sys.executable).name
    nothing = {**os.environ, "PATH": "", "PYTHONPATH": ""}
    pip = [sys.executable, "-m", "pip", "--python", python, "--quiet"]
    run(*pip, "install", wheel, env=nothing)
    assert not list(scripts.glob("deno*"))
    shown = run(python, "-c", SHOW_A_WIDGET, env=nothing, cwd=tmp_path)
    assert shown.split() == [convwidget.__version__, "(3,", "3)"]


def bundled(source: str, made: Path) -> Path:
    options = ["--quiet", "--minify", "--platform", "browser", "-o", str(made)]
    done = deno("bundle", *options, f"convwidget/js/{source}")
    assert done.returncode == 0, done.stderr
    return made


def packed(bundle: Path, made: Path) -> Path:
    allowed = ["--allow-read", "--allow-write"]
    done = deno("run", "--quiet", *allowed, "convwidget/js/pack.js", str(bundle), str(made))
    assert done.returncode == 0, done.stderr
    return made


def unpacked(script: Path) -> tuple[str, bytes]:
    """The loader without what it unpacks, and that: how it was deflated depends on the machine."""
    loader, text, rest = re.split(r'packed = "([^"]*)"', script.read_text("utf-8"))
    return loader + rest, zlib.decompress(base64.b64decode(text), wbits=-15)


def test_the_committed_front_end_is_what_make_build_makes(tmp_path: Path) -> None:
    bundle = bundled("widget.js", tmp_path / "bundle.js")
    made = unpacked(packed(bundle, tmp_path / "widget.js"))
    style = bundled("css/widget.css", tmp_path / "widget.css").read_bytes()
    is_current = unpacked(STATIC / "widget.js") == made and made[1] == bundle.read_bytes()
    assert is_current, "static/widget.js is not what js/ says now: make build"
    assert style == (STATIC / "widget.css").read_bytes(), "static/widget.css is not current"


def test_what_a_saved_widget_stores_stays_small() -> None:
    assert (STATIC / "widget.js").stat().st_size < 100_000
    assert (STATIC / "widget.css").stat().st_size < 30_000


def test_the_version_stands_once() -> None:
    package = ROOT / "convwidget"
    top = [ROOT / name for name in ("pyproject.toml", "deno.json", "CITATION.cff")]
    files = [*top, *package.rglob("*.py"), *package.rglob("*.json")]
    quoted = (f'"{convwidget.__version__}"', f": {convwidget.__version__}\n")
    holders = [path for path in files if any(form in path.read_text("utf-8") for form in quoted)]
    assert holders == [package / "__init__.py"]
