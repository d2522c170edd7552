# Two commands to know: make site, make test. Both make .venv first, from the locked requirements.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1

# The tests in a browser and the others, side by side: two cores, half the time.
define halves
mkdir -p .cache; echo "Shown here: the tests in a browser. The others run beside them; what they tell is shown at the end."; \
$(BIN)/python -m pytest $(1) --ignore tests/browser > .cache/tests.log 2>&1 & others=$$!; \
$(BIN)/python -m pytest $(1) tests/browser; browser=$$?; \
wait $$others; others=$$?; cat .cache/tests.log; exit $$((browser || others))
endef

# Installs what a lock file names; shows each name as pip comes to it, in a terminal and in a log.
define install
{ $(BIN)/python -m pip install --disable-pip-version-check --require-hashes --only-binary :all: -r $(1) || echo Failed; } | while read -r word name rest; do case "$$word" in \
Collecting|Processing) echo "  $${name##*/}";; \
Installing) echo "  Unpacking all of them, 10 to 30 seconds …";; \
Failed) echo "Not installed: pip says why above. It needs the network, this once."; exit 1;; \
esac; done
endef

.PHONY: site test test-all check serve report offline pictures bench lock clean
.DEFAULT_GOAL := site

site: $(VENV)/site-ready        ## check the content and build the whole site into site/
	@$(BIN)/python scripts/build.py

check: $(VENV)/site-ready       ## tell every problem of the content
	@$(BIN)/python scripts/check.py

serve: $(VENV)/site-ready       ## live preview on http://localhost:8000/
	@$(BIN)/mkdocs serve --livereload

test: $(VENV)/test-ready        ## every test, the browser's included, but for the slowest
	@$(call halves,-m "not slow")

test-all: $(VENV)/test-ready    ## every test: all pages at all widths too
	@$(call halves,)

report: $(VENV)/test-ready      ## reading level of the prose, and what is due for review
	@$(BIN)/python scripts/report.py
	@$(BIN)/python scripts/check.py --due

offline: site                   ## a zip of the site that opens by double click, without a network: offline.zip
	@$(BIN)/python scripts/offline.py

pictures: site $(VENV)/test-ready   ## every chart as PNG in light, dark and print, narrow and wide, and on paper: pictures/
	@$(BIN)/python scripts/pictures.py

bench: $(VENV)/site-ready       ## times and memory over 100, 1,000 and 5,000 entries
	@$(BIN)/python scripts/bench.py

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; $(PYTHON) is " + sys.version.split()[0])'
	@echo "Making $(VENV) with $(PYTHON) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }

$(VENV)/site-ready: requirements.lock | $(VENV)/bin/python
	@echo "Installing what the site needs (once; about a minute) …"
	@$(call install,requirements.lock)
	@$(BIN)/python -c 'import mkdocs, material, yaml, jsonschema' && touch $@

$(VENV)/test-ready: requirements-test.lock $(VENV)/site-ready
	@echo "Installing what the tests need (once) …"
	@$(call install,requirements-test.lock)
	@$(BIN)/python -c 'import pytest, playwright' && touch $@

# The address of no package index goes into a lock file.
lock:                           ## resolve the newest versions that pyproject.toml allows
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -c requirements.lock -o requirements-test.lock

clean:
	rm -rf $(VENV) site site.* offline.zip .cache
