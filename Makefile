# Everything that a developer or a visitor does: `make demo`, `make test`. Each target sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := requirements-dev.lock
WORKERS ?= auto
FUZZ_MINUTES ?= 2
SOAK_MINUTES ?= 10

.DEFAULT_GOAL := help
.PHONY: help demo test quick slow fuzz soak bench check browser replay lock clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY)  ## Set up, then build and show the demonstration corpus
	@rm -rf build/demo
	@$(BIN)/clausetrail demo build/demo
	@echo 'The command is $(abspath $(BIN))/clausetrail; to call it by its name: source $(BIN)/activate'

test: $(READY) browser replay check  ## Set up, then run every check and the whole suite
	$(BIN)/python -m pytest -n $(WORKERS)

quick: $(READY)  ## The part of the suite that takes less than a minute
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow"

slow: $(READY)  ## The long proofs alone
	$(BIN)/python -m pytest -m slow

fuzz: $(READY)  ## Damage pages and read them for FUZZ_MINUTES (default 2)
	$(BIN)/python -m tests.fuzz --minutes $(FUZZ_MINUTES)

soak: $(READY)  ## Watch a site in bad weather for SOAK_MINUTES (default 10, at least 6)
	$(BIN)/python -m benchmarks.soak --minutes $(SOAK_MINUTES)

bench: $(READY)  ## Measure, beside other tools
	$(BIN)/python -m benchmarks

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

browser: $(READY)
	$(BIN)/python tests/web/browser.py

replay: $(READY)
	$(BIN)/python tests/replay.py

$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Clausetrail needs Python 3.11 or newer, and $(PYTHON) is %d.%d: run make PYTHON=/path/to/python3.11" % sys.version_info[:2])'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock:  ## Renew the development lock (needs uv)
	uv pip compile --quiet pyproject.toml --extra alerts --extra pdf --extra rules --extra timestamps --extra warc --group dev --universal --python-version 3.11 \
		--upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
		-o $(LOCK)

clean:  ## Remove what make and the tests have made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
