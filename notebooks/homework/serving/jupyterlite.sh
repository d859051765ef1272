#!/usr/bin/env bash
# Build a web site of static files in which students work in their browsers, without any server:
#   jupyterlite.sh convwidget-0.1.0-py3-none-any.whl SITE
# It needs: pip install anywidget jupyterlite-core jupyterlite-pyodide-kernel jupyter-server
# (a wheel of convwidget: pip wheel --no-deps --wheel-dir . PATH_OF_THIS_REPOSITORY)
set -euo pipefail
homework=$(cd "$(dirname "$0")/.." && pwd)
wheel=$(realpath "$1") site=$(realpath -m "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The student versions alone, without source/; each first fetches convwidget from the site.
mkdir "$work/files"
python3 - "$homework" "$work/files" <<'PYTHON'
import json, pathlib, sys

homework, files = map(pathlib.Path, sys.argv[1:])
install = {
    "cell_type": "code", "id": "install", "metadata": {}, "outputs": [], "execution_count": None,
    "source": "%pip install -q convwidget",
}
for path in homework.glob("set-*.ipynb"):
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"].insert(0, install)
    (files / path.name).write_text(json.dumps(notebook), "utf-8")
PYTHON
cd "$work"
jupyter lite build --contents files --piplite-wheels "$wheel" --output-dir "$site"
