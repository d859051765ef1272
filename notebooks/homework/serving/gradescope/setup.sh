#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image from autograder.zip.
set -euo pipefail

apt-get update
apt-get install -y --no-install-recommends python3 python3-venv # convwidget needs Python 3.11
python3 -m venv /autograder/venv
/autograder/venv/bin/pip install /autograder/source/convwidget-*.whl ipykernel nbclient nbformat
