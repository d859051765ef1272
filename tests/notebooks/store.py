"""Run notebooks and store their outputs, so that a second run changes nothing.

Usage: python store.py NOTEBOOK ...
"""

import sys
from pathlib import Path

import nbformat
from checks import WIDGET
from nbclient import NotebookClient
from nbformat import NotebookNode

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run a notebook in its folder; it holds nothing afterwards that the machine or clock chose."""
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=120,
        resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
    ).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if WIDGET in output.get("data", {}):
                output.data[WIDGET]["model_id"] = cell.id
    nbformat.validate(notebook)
    return notebook


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        nbformat.write(run(nbformat.read(path, as_version=4), path.parent), path)
        print(path)
