# Every task of the repository. `make` alone lists them; each does the set-up it needs by itself.

PY := .venv/bin/python
.DEFAULT_GOAL := help
# Where the environment forbids it, each of the many processes that the tests and a sample hall start would compile the
# whole program anew: a quarter of a server's start.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run demo test faults check bench lock messages format setup clean

help: ## list the tasks
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run: ## start a sample hall: server, board, console, and the kiosk where there is a display
	@.setup/setup run
	@.venv/bin/motcua up $(ARGS)

demo: ## play a morning on a virtual screen, with screenshots
	@.setup/setup test
	@$(PY) -m tests.e2e.morning $(ARGS)

test: ## pass the tests (ARGS="-k board" chooses)
	@.setup/setup test
	$(PY) -m pytest -n 4 $(ARGS)

faults: ## let devices fail many times over, and print the counts (ARGS="-k scanner" chooses)
	@.setup/setup test
	MOTCUA_FAULTS=1 $(PY) -m pytest -s tests/faults $(ARGS)

check: ## formatting, lint, strict types, import contracts
	@.setup/setup test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: ## measure, and print a table with the machine
	@.setup/setup test
	@$(PY) -m bench $(ARGS)

format: ## format the code and make the safe repairs
	@.setup/setup test
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

messages: ## bring the translations up to date with the texts in the code
	@.setup/setup test
	.setup/messages

lock: ## resolve pyproject.toml into requirements.lock (ARGS=--upgrade takes newer versions)
	@.setup/setup test
	UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip compile pyproject.toml --quiet --python $(PY) --all-extras --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		-o requirements.lock $(ARGS)

setup: ## only the set-up, as the tests need it
	@.setup/setup test

clean: ## remove what the tools leave: caches, builds (not .venv, not var)
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
