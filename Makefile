# Everything happens in a virtual environment of its own; `make run` and `make test` set it up.
PYTHON ?= python3
VENV ?= .venv
LOWEST := $(VENV)-lowest
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test test-lowest lint format clean

run: $(STAMP)
	@$(BIN)/smebot run

test: $(STAMP)
	$(BIN)/pytest -n 3 --dist loadfile

# With each dependency as old as pyproject.toml allows, in an environment of its own.
test-lowest:
	grep -oE '"[A-Za-z0-9._-]+(\[[a-z,-]+\])?>=[0-9a-z.]+' pyproject.toml | \
		sed -E 's/^"//; s/\[.*\]//; s/>=/==/' | sort -u > $(LOWEST).txt
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/pip install --quiet --disable-pip-version-check -c $(LOWEST).txt -e '.[dev]'
	$(LOWEST)/bin/pytest -n 3 --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Again only when what is to be installed has changed.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "error: $(PYTHON) is older than Python 3.11: run make PYTHON=python3.11" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# What was installed and cached; the index and the model in .smebot stay.
clean:
	rm -rf $(VENV) $(LOWEST) $(LOWEST).txt .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bot index tests -name __pycache__ -type d -prune -exec rm -rf {} +
