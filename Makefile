# Two commands matter: `make serve` and `make test`; each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: setup cluster serve test check sdl docs bench clean web web-test

NPM := $(shell command -v npm)

setup: $(VENV)/.installed
	@$(if $(NPM),$(MAKE) --no-print-directory web || echo "the explorer is not built; the service runs without it")

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Juesuan needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12"; exit 1; }
	@echo "setting up $(VENV) (once; about a minute)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	touch $@

web: web/dist/.built
	@:

WEB_SOURCES := $(shell find web/src web/*.ts web/*.html web/*.yml web/*.json -type f -not -path '*/generated/*')

web/node_modules/.installed: web/package.json web/package-lock.json
	npm --prefix web ci --loglevel=error
	touch $@

web/dist/.built: web/node_modules/.installed schema/schema.graphql $(WEB_SOURCES)
	npm --prefix web run --silent build
	touch $@

web-test: setup
	npm --prefix web test

cluster: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group cluster

serve: setup
	$(BIN)/python server.py --host $(HOST) --port $(PORT)

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m schema --check
	$(BIN)/python -m docs --check

sdl: setup
	$(BIN)/python -m schema

docs: setup
	$(BIN)/python -m docs

bench: setup
	$(BIN)/python -m benchmarks.run

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build
