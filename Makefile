# Everything a newcomer types. Only python3 (3.11 or newer), make and the package index are needed.
#
#   make setup    virtual environment in $(VENV) with the tested versions
#   make demo     check a faulty demo article against the demo coverage
#   make test     set up, then run the tests
#   make lint     style, formatting and types
#   make docs     renew the parts of the documentation that the code decides
#   make bench    quality floors and the fourteen-case probe
#   make clean    remove what the other targets made

PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?=

BIN := $(VENV)/bin
STAMP := $(VENV)/.misquote-setup
SOURCES := checker index tests benchmarks examples training docs

.PHONY: help setup demo test lint docs bench clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

setup: $(STAMP)

# The stamp keeps a second `make test` from asking pip again. torch is installed first and by itself so
# that no other package's wish can pull in a second version of it.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "misquote needs Python 3.11 or newer; '$(PYTHON)' is `$(PYTHON) --version 2>&1 | head -n 1`." >&2; \
	  echo "Install a newer one, or name it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: its venv or ensurepip module is missing." >&2; \
	  echo "Install it (on Debian and Ubuntu: apt install python3-venv), then run make again." >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	-@$(BIN)/python ci/sarif_schema.py
	@touch $@

demo: setup
	@$(BIN)/python examples/demo.py

test: setup
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: setup
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy

docs: setup
	$(BIN)/python docs/generate.py

bench: setup
	$(BIN)/python -m benchmarks.gate
	$(BIN)/python -m benchmarks.probe

# The default environment only: one given with VENV=... is the caller's.
clean:
	rm -rf .venv .misquote .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find checker index tests benchmarks examples training -name __pycache__ -type d -prune -exec rm -rf {} +
