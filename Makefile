# Boardroom. `make run` shows it, `make test` tests it; both begin on a bare Debian 12 with git, make, python3 and ca-certificates.

SHELL := /bin/sh
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
PYTEST := $(VENV)/bin/pytest
export BOARDROOM_DATA ?= $(CURDIR)/data
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/test
TEST_REDIS_URL ?= redis://127.0.0.1:6379
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
MESSAGES := $(CATALOGUES:.po=.mo)
STATIC := $(BOARDROOM_DATA)/static/staticfiles.json

.PHONY: help setup setup-dev run test test-services test-browser lint check bench reliability

help:
	@echo "make run            the demonstration on http://localhost:8000/ (PORT=… for another port)"
	@echo "make test           the tests on SQLite"
	@echo "make test-services  the same tests on PostgreSQL and Redis (TEST_DATABASE_URL, TEST_REDIS_URL)"
	@echo "make lint           style, import contracts, missing migrations"
	@echo "make check          all of these and the browser tests"
	@echo "make bench          the figures of the performance goals"
	@echo "make reliability    real processes, really killed: the figures of docs/reliability.md"

setup: $(VENV)/.base node_modules/.complete $(MESSAGES)

setup-dev: $(VENV)/.dev node_modules/.complete $(MESSAGES)

run: setup $(STATIC)
	@DEMO=$${DEMO:-on} scripts/serve

test: setup-dev
	env -u DATABASE_URL -u REDIS_URL $(PYTEST) -q -n 2 -m "not browser and not services"

test-services: setup-dev
	DATABASE_URL=$(TEST_DATABASE_URL) REDIS_URL=$(TEST_REDIS_URL) $(PYTEST) -q -n 2 -m "not browser"

test-browser: setup-dev
	@scripts/packages browser
	@# A rerun is for a fluke of the browser alone, and stands in the output: whatever is rerun gets its cause mended.
	env -u DATABASE_URL -u REDIS_URL $(PYTEST) -q -raR -n 2 --dist worksteal -m browser --reruns 1

lint: setup-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) manage.py makemigrations --check --dry-run
	scripts/no-registry-hosts

check: lint test test-services test-browser

bench: setup-dev
	$(PYTHON) -m bench

reliability: setup-dev
	$(PYTHON) -m reliability

# Each stamp is younger than what it was made from; a second run finds nothing to do.

$(VENV)/.created:
	@scripts/packages run
	python3 -m venv $(VENV)
	@touch $@

$(VENV)/.base: $(VENV)/.created requirements/base.txt
	$(PIP) install --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	@scripts/packages test
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.complete: package.json package-lock.json | $(VENV)/.base
	@scripts/styles
	@touch $@

$(MESSAGES): %.mo: %.po | $(VENV)/.base
	$(VENV)/bin/pybabel --quiet compile --input-file $< --output-file $@

$(STATIC): node_modules/.complete $(VENV)/.base $(shell find static -type f)
	@mkdir -p $(BOARDROOM_DATA)
	DEMO=on $(PYTHON) manage.py collectstatic --noinput --clear --verbosity 0 -i "*.md" -i "*.scss" -i "*.json" -i "*.ts" -i LICENSE
