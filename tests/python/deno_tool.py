"""Runs deno, the JavaScript tool chain that pip installs beside Python."""

import os
import subprocess
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]


def deno(*arguments, stdin=None):
    """The finished process, with its output as text."""
    program = Path(sysconfig.get_path("scripts"), "deno" + sysconfig.get_config_var("EXE"))
    assert program.exists(), (
        f"there is no {program}: install the tool chain with pip install -e '.[test]'"
    )
    return subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
