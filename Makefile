# Two commands matter: `make serve` and `make test`; each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
WRITE ?=

.PHONY: setup cluster ocr serve test test-quick test-long test-all chaos check lock mutants audit sbom sdl docs bench corpus clean web web-test

NPM := $(shell command -v npm)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
LOCK := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

setup: $(VENV)/.installed
	@$(if $(NPM),$(MAKE) --no-print-directory web || echo "the explorer is not built; the service runs without it")

$(VENV)/.installed: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Juesuan needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12"; exit 1; }
	@echo "setting up $(VENV) (once; about a minute)"
	$(PYTHON) -m venv $(VENV)
	$(PIP) requirements/dev.txt
	touch $@

web: web/dist/.built
	@:

WEB_SOURCES := $(shell find web/src web/*.ts web/*.mjs web/*.html web/*.yml web/*.json -type f -not -path '*/generated/*')

web/node_modules/.installed: web/package.json web/package-lock.json
	npm --prefix web ci --loglevel=error
	touch $@

web/dist/.built: web/node_modules/.installed schema/schema.graphql $(WEB_SOURCES)
	npm --prefix web run --silent build
	touch $@

web-test: setup
	npm --prefix web test

cluster: setup
	$(PIP) requirements/cluster.txt

ocr: setup
	$(PIP) requirements/ocr.txt

serve: setup
	$(BIN)/python server.py --host $(HOST) --port $(PORT)

test: setup
	$(PYTEST) -m "not slow"

test-quick: setup
	$(PYTEST) -m "not slow" --ignore=tests/graph_data/reading

test-long: setup
	$(PYTEST) -m slow
	ROUNDS=10 $(PYTEST) -m "not slow" tests/graph_data/figures tests/graph_data/index tests/graph_data/package tests/graph_data/reading/sources \
		tests/serving/compiler tests/serving/fast_path

# Kills, full disks, damage, reloads under load: under 15 minutes; docs/reliability.md keeps what one run showed.
chaos: setup
	$(BIN)/python -m benchmarks.chaos $(if $(WRITE),--write)

test-all: test test-long

mutants: setup
	$(BIN)/python -m tests.mutants

# Known vulnerabilities of all that is locked; it asks pypi.org and the registry of npm, and fails where these do not answer.
audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	build/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/dev.txt
	$(if $(NPM),npm --prefix web audit --omit=dev)

# What the service is made of, and under which licences; of the explorer what its pages hold.
sbom: setup
	$(PYTHON) -m venv build/sbom
	build/sbom/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0 pip-licenses==5.5.5
	build/sbom/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o build/sbom/python.cdx.json requirements/service.txt
	build/sbom/bin/pip-licenses --python=$(BIN)/python --format=markdown --with-urls --output-file=docs/licences.md \
		--packages $$(sed -n 's/^\([^ ;=]*\)==.*/\1/p' requirements/service.txt)
	$(if $(NPM),npm --prefix web sbom --sbom-format=cyclonedx --omit=dev > build/sbom/web.cdx.json)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m schema --check
	$(BIN)/python -m docs --check
	$(BIN)/vulture

# The only step that asks an index for versions; the lock holds no address of one.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(LOCK) --group dev -o requirements/dev.txt
	for group in service telemetry cluster ocr; do $(LOCK) --group $$group -c requirements/dev.txt -o requirements/$$group.txt; done

sdl: setup
	$(BIN)/python -m schema

docs: setup
	$(BIN)/python -m docs

corpus: setup
	$(BIN)/python -m benchmarks.corpus $(if $(WRITE),--write)

bench: setup
	$(BIN)/python -m benchmarks.run

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build
