# Shouwang. Needs Python >= 3.11 and make; everything else is fetched into .venv (by uv where there is one, else by pip).
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check bench lint format messages docs-screenshots wheel clean system-packages

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv)
PORT ?= 8000
TEST_PROCESSES ?= 2
export PORT
ifdef SHOUWANG_DATA_DIR
export SHOUWANG_DATA_DIR
endif
export UV_NATIVE_TLS ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUTF8 = 1

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "  make %-18s%s\n", $$1, $$2}'

$(VENV)/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Shouwang needs Python 3.11 or later; found: '$(PYTHON)'. Say where it is: make PYTHON=/path/to/python3.11"; exit 1; }
ifdef UV
	@uv venv --quiet --python "$(PYTHON)" $(VENV)
else
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing. On Debian: apt-get install python3-venv. Or install uv."; exit 1; }
endif

# $(1): what to install, $(2): the stamp
define install
	@echo "Installing $(1) …"
	@$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) -c constraints.txt -e '$(1)'
	@touch $(2)
endef

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(call install,.,$@)

$(VENV)/installed-test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(call install,.[test],$@)
	@touch $(VENV)/installed

demo: $(VENV)/installed  ## the demo town in your browser (PORT=8000)
	@exec $(BIN)/shouwang demo

test: $(VENV)/installed-test system-packages check  ## install what the tests need, then every check there is

check: lint  ## every check, nothing installed
	$(BIN)/pytest -n $(TEST_PROCESSES) --dist worksteal
	@if ls tests/js/*.test.* >/dev/null 2>&1; then node --test tests/js/*.test.*; fi

lint: $(VENV)/installed-test  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/installed-test  ## put the code into the one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/installed  ## the figures of docs/benchmarks.md, at city scale
	@SHOUWANG_DATA_DIR="$${SHOUWANG_DATA_DIR:-$(CURDIR)/var/bench}" $(BIN)/shouwang bench all

messages: $(VENV)/installed-test  ## collect and compile the translations of every domain
	@for folder in $$(find src/shouwang -type d -name locale -prune -printf '%h\n' | sort); do \
		(cd "$$folder" && PATH="$(CURDIR)/$(BIN):$$PATH" DJANGO_SETTINGS_MODULE= django-admin makemessages -l zh_Hans \
			--no-location --no-wrap $$(case "$$folder" in */shouwang) \
			for d in access sync places people workforce screening gates supplies grievances reporting field door demo; do echo "--ignore=$$d/*"; done;; esac) \
			&& PATH="$(CURDIR)/$(BIN):$$PATH" DJANGO_SETTINGS_MODULE= django-admin compilemessages -l zh_Hans) || exit 1; \
	done

docs-screenshots: $(VENV)/installed-test system-packages  ## make the pictures of the guides again
	$(BIN)/python scripts/screenshots.py

wheel: $(VENV)/installed-test  ## build the package into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

system-packages:
	@missing=; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	find /usr/share/fonts /usr/local/share/fonts -name 'NotoSansCJK*' 2>/dev/null | grep -q . || missing="$$missing fonts-noto-cjk"; \
	command -v msgfmt >/dev/null || missing="$$missing gettext"; \
	if ls tests/js/*.test.* >/dev/null 2>&1; then command -v node >/dev/null || missing="$$missing nodejs"; fi; \
	test -n "$$missing" || exit 0; \
	sudo=; test "$$(id -u)" = 0 || sudo="sudo -n"; \
	if ! command -v apt-get >/dev/null || { test -n "$$sudo" && ! sudo -n true 2>/dev/null; }; then \
		echo "The tests need these system packages:$$missing. Install them, then make test again."; exit 1; fi; \
	echo "Installing$$missing …"; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null

clean:  ## remove what was made, except the data in var/
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
