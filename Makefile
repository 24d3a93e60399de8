# Two commands do all: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo journey test test-long lint bench clean

$(VENV)/.run: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(INSTALL) --editable '.[dev]'
	touch $@

demo: $(VENV)/.run ## the whole product against the built-in sandbox
	$(BIN)/hourwise demo --port $(PORT)

journey: $(VENV)/.run ## the whole story in the terminal, in both languages
	$(BIN)/hourwise journey

PYTEST := $(BIN)/python -m pytest --numprocesses 2 --durations 15

# files in their order: the journeys, few and slow, come before the many short tests
test: $(VENV)/.dev ## what every commit passes
	$(PYTEST) --dist loadfile --no-loadscope-reorder -m "not long"

# who is idle takes the other's next test: two of them last longer than all others together
test-long: $(VENV)/.dev ## what takes longer
	$(PYTEST) --dist worksteal -m long

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## every published figure
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) data
