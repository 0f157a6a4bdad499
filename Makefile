# make audit: check the sample documents.  make test: everything that must hold.  The second call is fast.

PYTHON ?= $(shell for p in python3.11 python3; do \
  $$p -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
DEBIAN_PACKAGES := chromium libpangoft2-1.0-0 postgresql
DOCS := auditor.doctor.docs
BENCH := benchmarks

VENV := .venv
BIN := $(VENV)/bin
# -qq: warnings about a machine's own package sources are not ours; errors still show.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable
# Compiled here because PYTHONDONTWRITEBYTECODE would otherwise make every start pay for it.
COMPILE := $(BIN)/python -m compileall -qq auditor

.PHONY: audit test debian wheel docs bench pins clean
.DELETE_ON_ERROR:

# Stale results go first, so that only a run that wrote both can end well. Status 1 means findings, not failure.
audit: $(VENV)/.run
	@$(COMPILE)
	@rm -f reports/index.html reports/audit.json
	$(BIN)/audit run seeds/ || [ $$? -eq 1 ]
	@ls reports/index.html reports/audit.json >/dev/null
	@echo "Report:  $(CURDIR)/reports/index.html"
	@echo "Machine: $(CURDIR)/reports/audit.json"

test: $(VENV)/.dev debian
	@$(COMPILE)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/pytest
	$(BIN)/audit rules check
	$(BIN)/audit rules power

wheel: $(VENV)/.run
	rm -rf dist
	$(BIN)/python -m pip wheel -qq --no-deps --wheel-dir dist .
	@ls dist/*.whl

docs: $(VENV)/.run
	$(BIN)/python -m $(DOCS)

bench: $(VENV)/.dev
	@$(COMPILE)
	$(INSTALL) '.[bench]'
	$(BIN)/python -m $(BENCH)

# The newest versions that fit pyproject.toml; run `make test` on them before they land.
pins:
	$(PYTHON) -m venv --clear build/pins
	build/pins/bin/python -m pip install -qq --editable '.[dev,bench]'
	build/pins/bin/python -m pip freeze --exclude-editable > constraints.txt

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find reports -mindepth 1 ! -name .gitignore -delete
	find auditor tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# Installed here as root on Debian; named for anyone else, who may have a browser from elsewhere.
debian:
	@missing=; for p in $(DEBIAN_PACKAGES); do \
	  [ "$$(dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null)" = installed ] || missing="$$missing $$p"; done; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing$$missing"; export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -qq -y --no-install-recommends $$missing >/dev/null; \
	else echo "The browser, PDF and database tests need:$$missing (on Debian: apt-get install$$missing)"; fi

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "auditor needs Python 3.11 or newer, with venv"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) .
	-@$(BIN)/python -m compileall -qq $(VENV)/lib
	@touch $@

# The development set holds the other one.
$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) '.[dev]'
	-@$(BIN)/python -m compileall -qq $(VENV)/lib
	@touch $(VENV)/.run $@
