# make setup   everything needed to run, from nothing; does nothing when it is done already
# make demo    setup, then the demo shop's creatives in out/demo
# make test    setup, what the tests need besides, then ruff, mypy and pytest
# make lint    ruff and mypy alone
# make lock    renews both lock files
# make clean   removes what was made here, fetched weights and fonts too

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
DONE := .cache/make
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps
STAMP = @mkdir -p $(DONE) && touch $@
AGAIN := $(MAKE) --no-print-directory

COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.DELETE_ON_ERROR:
.PHONY: setup fetched demo test lint lock clean

setup: $(DONE)/ddm
	@$(AGAIN) --jobs 2 fetched

fetched: $(DONE)/models $(DONE)/fonts
	@:

demo: setup
	@$(BIN)/ddm demo --out out/demo
	@echo "look at out/demo"

test: setup $(DONE)/chromium lint
	@$(BIN)/pytest -n 2

lint: $(DONE)/dev
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy

lock: $(DONE)/dev
	@$(COMPILE) --output-file requirements.lock pyproject.toml
	@$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf .venv .cache out

$(DONE)/system:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed")'
	@tools/apt-install libgl1 libegl1 libexpat1 \
		$$(command -v npm >/dev/null || echo npm) \
		$$($(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv)
	$(STAMP)

$(DONE)/venv: $(DONE)/system
	@echo "python: making .venv"
	@$(PYTHON) -m venv .venv
	$(STAMP)

$(DONE)/packages: requirements.lock $(DONE)/venv
	@echo "python: installing $$(grep -c '==' $<) locked packages"
	@$(PIP) --require-hashes --requirement $<
	$(STAMP)

$(DONE)/ddm: pyproject.toml $(DONE)/packages
	@$(PIP) --editable .
	$(STAMP)

$(DONE)/dev: requirements-dev.lock $(DONE)/ddm
	@echo "python: installing what the tests need"
	@$(PIP) --require-hashes --requirement $<
	$(STAMP)

$(DONE)/models: src/ddm/models/table.py $(DONE)/ddm
	@$(BIN)/ddm models fetch
	$(STAMP)

$(DONE)/fonts: src/ddm/fonts/table.py $(DONE)/ddm
	@$(BIN)/ddm fonts fetch
	$(STAMP)

$(DONE)/chromium: $(DONE)/system
	@command -v chromium >/dev/null || tools/apt-install chromium
	$(STAMP)
