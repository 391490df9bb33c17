# `make demo` and `make test` are all a fresh machine with Python 3.11, make and pip needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test quick check golden bench chaos guard deployment lock clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv (about a minute, once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer; try: make PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## Read the invented pages in tests/fixtures into a store and show what was found
	@$(BIN)/dateline demo

test: check ## Everything CI runs: style, types, layers, tests
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

quick: $(READY) ## The tests that start no server or other process
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile -m "not slow"

check: $(READY) ## Style, types and layers
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary -p dateline
	@$(BIN)/lint-imports --no-logo > .lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }

golden: $(READY) ## Regenerate the expected records of the fixtures; read the diff before committing it
	@$(BIN)/python -m tests.golden

bench: $(READY) ## Speed, as ratios against what one would use instead
	@$(BIN)/python -m benchmarks

deployment: $(READY) ## Try prefect.yaml on a Prefect server, work pool and worker of its own (two minutes)
	@$(BIN)/python -m benchmarks.deployment

chaos: $(READY) ## Kill ingests and reruns, thirty times each, and see whether that shows (half an hour)
	@$(BIN)/python -m benchmarks.chaos --kills 30 --seed 7
	@$(BIN)/python -m benchmarks.chaos --kills 30 --seed 7 --what rerun

guard: $(READY) ## Every address and every limit that the fetcher must hold; two nights as figures (three minutes)
	@$(BIN)/python -m benchmarks.guard
	@$(BIN)/python -m benchmarks.guard --caps
	@$(BIN)/python -m benchmarks.night

lock: $(READY) ## Resolve the versions anew
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements.lock

clean: ## Remove what was made
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis demo
