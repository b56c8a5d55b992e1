# Two commands do all the set-up: `make serve` and `make test`. Nothing else need be installed but Python 3.11 to 3.13.
PYTHON ?= python3
VENV   ?= .venv
INDEX  ?= .index
PORT   ?= 5000

BIN := $(VENV)/bin

.PHONY: serve index test check format messages clean

serve: index ## index corpus/ if need be, then serve the site on 127.0.0.1:$(PORT)
	$(BIN)/python -m web --index "$(INDEX)" --port $(PORT)

index: $(VENV)/.runtime ## index corpus/ if the index is missing or older than its files
	$(BIN)/python -m indexer build corpus --index "$(INDEX)" --if-stale || [ $$? -eq 3 ] # 3: some files failed

test: $(VENV)/.development ## run all tests
	$(BIN)/python -m pytest

check: $(VENV)/.development ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.development ## rewrite the code as `make check` wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(VENV)/.runtime ## collect what web/ says into web/translations/, where what is new waits for its translation
	@mkdir -p .cache
	$(BIN)/pybabel -q extract --mapping-file web/translations/babel.cfg --sort-output --add-location file \
	  --output .cache/messages.pot web
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100 \
	  --input-file .cache/messages.pot --output-dir web/translations

clean: ## remove the virtual environment, the index and all caches
	rm -rf "$(VENV)" "$(INDEX)" .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Song Ngữ needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.12 serve"; exit 1; }
	$(PYTHON) -m venv "$(VENV)"
	@touch $@

$(VENV)/.runtime: requirements.txt | $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt | $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
