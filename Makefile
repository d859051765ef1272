# `make help` lists what this can do. Everything is installed into .venv, on first use.
PYTHON ?= python3
BIN := .venv/bin
NOTEBOOKS = $(shell find notebooks -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*' -not -path 'notebooks/homework/*' | sort)
STATIC := convwidget/static
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: help lab test check test-python test-notebooks test-browser test-homework build notebooks \
  homework figures format clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: .venv/lab.stamp  ## open the first notebook in JupyterLab; ARGS="--no-browser --port=8890" go to JupyterLab
	$(BIN)/jupyter lab $(AS_ROOT) --LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb $(ARGS)

test: check test-python test-notebooks test-browser test-homework  ## run everything below, in turn

check: .venv/test.stamp  ## style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# One run each: pytest-playwright keeps an event loop running, which the others cannot share.
# Two processes each; a file, and so a notebook and its kernel, stays in one.
PYTEST = $(BIN)/python -m pytest --numprocesses 2
test-python: .venv/test.stamp  ## Python and JavaScript
	$(PYTEST) --dist loadfile convwidget tests/python tests/js $(ARGS)

test-notebooks: .venv/test.stamp  ## run the notebooks and compare with their stored outputs
	$(PYTEST) --dist loadfile tests/notebooks notebooks $(ARGS)

test-browser: .venv/test.stamp  ## the widget in a real browser, and in JupyterLab (needs Chromium)
	$(PYTEST) tests/browser $(ARGS)

test-homework: .venv/homework.stamp  ## the checks of the homework, and nbgrader from source to gradebook
	$(PYTEST) --dist loadfile tests/homework $(ARGS)

build: .venv/test.stamp  ## make static/ anew from js/
	$(BIN)/deno bundle --quiet --minify --platform browser -o build/widget.js convwidget/js/widget.js
	$(BIN)/deno run --quiet --allow-read --allow-write convwidget/js/pack.js build/widget.js $(STATIC)/widget.js
	$(BIN)/deno bundle --quiet --minify --platform browser -o $(STATIC)/widget.css convwidget/js/css/widget.css

notebooks: .venv/test.stamp  ## run the notebooks and store their outputs
	$(BIN)/python tests/notebooks/store.py $(NOTEBOOKS)

homework: .venv/homework.stamp  ## make the student versions of the homework and the teacher's page
	$(BIN)/python tests/homework/make_homework.py

figures: .venv/lab.stamp  ## draw the guide's figures and animations into build/figures
	$(BIN)/python -m convwidget.plotting.figures build/figures

format: .venv/test.stamp  ## format Python and JavaScript
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format
	$(BIN)/deno fmt --quiet

clean:  ## forget .venv and what was made
	rm -rf .venv dist build test-artifacts .*_cache .hypothesis

.venv/%.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "convwidget needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
	  echo "Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
