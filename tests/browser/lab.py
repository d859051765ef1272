"""A Jupyter server on loopback, with all its state in a temporary folder.

It serves JupyterLab at ``/lab`` and Notebook 7 at ``/notebooks``, both from one process.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

TOKEN = "for-the-tests"
STARTUP_SECONDS = 120
# A killed test run leaves its server behind: with nothing to do it ends itself.
IDLE_SECONDS = 600

OPTIONS = [
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    f"--ServerApp.shutdown_no_activity_timeout={IDLE_SECONDS}",
    f"--MappingKernelManager.cull_idle_timeout={IDLE_SECONDS}",
    "--MappingKernelManager.cull_connected=True",
    f"--IdentityProvider.token={TOKEN}",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--JupyterNotebookApp.expose_app_in_browser=True",
]
SETTINGS = {
    "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "checkForUpdates": False,
        "fetchNews": "false",
        "doNotDisturbMode": True,
    },
    # The debugger asks each kernel for its state, and complains where a test closes first.
    "config/labconfig/page_config.json": {
        "disabledExtensions": {"@jupyterlab/debugger-extension": True}
    },
}


class Lab:
    """A running server, for a ``with`` statement; ``root`` is the folder that it shows."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="convwidget-lab-")
        home = Path(self._folder.name)
        self.root = home / "notebooks"
        self.root.mkdir()
        for path, content in SETTINGS.items():
            (home / path).parent.mkdir(parents=True)
            (home / path).write_text(json.dumps(content))

        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        where = [f"--port={port}", f"--ServerApp.root_dir={self.root}"]
        self._log_path = home / "server.log"
        with self._log_path.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jupyter", "lab", *OPTIONS, *where],
                cwd=home,
                env=os.environ | _state_in(home),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def address(self, path: str) -> str:
        """Where a page of this server is, with the token that opens it."""
        return f"{self.url}/{path}?token={TOKEN}"

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTUP_SECONDS
        while True:
            try:
                with urllib.request.urlopen(self.address("api/status"), timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                ended = self._process.poll() is not None
                if ended or time.monotonic() > deadline:
                    log = self._log_path.read_text(errors="replace")
                    raise RuntimeError(f"JupyterLab did not start:\n{log}") from None
                time.sleep(0.1)

    def _stop(self) -> None:
        # SIGTERM lets the server end its kernels; they end themselves once it is gone.
        for sign, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
            try:
                os.killpg(self._process.pid, sign)
                self._process.wait(seconds)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self._folder.cleanup()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _state_in(home: Path) -> dict[str, str]:
    folders = {
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    return {variable: str(home / folder) for variable, folder in folders.items()}
