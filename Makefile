# make demo: set up and run the main job on the samples.   make test: set up and run every check and test.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export UV_SYSTEM_CERTS := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: demo test check light fuzz bench bench-reading bench-tagging bench-search bench-job bench-topics bench-recommendations further-labels samples constraints clean

demo: .venv/.base
	@bash samples/demo.sh

test: .venv/.dev
	@bash tests/system/prepare.sh
	@$(MAKE) --no-print-directory check light
	OMP_NUM_THREADS=1 $(BIN)/pytest -q -n 2 --dist loadgroup # two workers, each with threads of torch for all cores, wait for each other

check: .venv/.dev
	$(BIN)/ruff check --no-cache . # a cached verdict outlives the module its import order rested on
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	$(BIN)/pyright --warnings

light: .venv-light/.base
	@bash tests/system/light.sh

bench: bench-job bench-recommendations bench-reading bench-tagging bench-search bench-topics

bench-job bench-recommendations bench-reading bench-tagging bench-search bench-topics: bench-%: .venv/.dev
	$(BIN)/python benchmarks/$*.py
	@test ! -e benchmarks/$*_quality.py || $(BIN)/python benchmarks/$*_quality.py

fuzz: .venv/.dev
	$(BIN)/python benchmarks/fuzz.py

further-labels: .venv/.dev
	$(BIN)/python benchmarks/further_labels.py

samples: .venv/.dev
	$(BIN)/python samples/make.py

constraints: .venv/.uv
	$(BIN)/uv pip compile -q --no-emit-index-url --no-header --no-annotate --extra dev --extra elasticsearch \
	  --python-version 3.11 --upgrade pyproject.toml -o constraints.txt

.venv/.uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; say which with PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@touch $@

.venv/.base: .venv/.uv pyproject.toml constraints.txt
	@test -e .venv/.dev || $(BIN)/uv pip install -q --python $(BIN)/python -c constraints.txt -e .
	@touch $@

.venv-light/.base: .venv/.uv pyproject.toml constraints.txt
	$(BIN)/uv venv -q --clear --python $(BIN)/python .venv-light
	$(BIN)/uv pip install -q --python .venv-light/bin/python -c constraints.txt -e .
	@touch $@

.venv/.dev: .venv/.uv pyproject.toml constraints.txt
	$(BIN)/uv pip install -q --python $(BIN)/python -c constraints.txt -e '.[dev,elasticsearch]'
	@touch $@ .venv/.base

clean:
	rm -rf .demo .pytest_cache .ruff_cache .hypothesis benchmarks/out
