# Each verb makes the environment first if it is not there. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Kernels that start with the imports done
WARM = JUPYTER_DEFAULT_PROVISIONER_NAME=warm WARM_KERNEL_PRELOAD=$$($(BIN)/python -c \
  'from notebookcollection.collection import find; print(*find().preload, sep=",")')

# In a container one is root, which Jupyter asks to be said
AS_ROOT = $$(test "$$(id -u)" != 0 || echo --allow-root)

.DEFAULT_GOAL := help
.PHONY: help report pdf brief test sweep fast coverage check lab explore regenerate translations bench sbom lock clean

help:  ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: $(READY)  ## check the data, execute the notebooks, render build/site/index.html
	$(BIN)/centralasia report

pdf: report  ## print the report as one PDF, build/report.pdf (needs Chromium)
	$(BIN)/centralasia pdf

brief: report  ## print a brief of two pages, build/brief.pdf (needs Chromium)
	$(BIN)/centralasia pdf --brief

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest -m "not sweep"

sweep: $(READY)  ## run what `make test` leaves out: the same for every other language, page and choice
	$(BIN)/python -m pytest -m sweep

fast: $(READY)  ## run the tests that take no time: no kernel, no browser, hardly a figure
	$(BIN)/python -m pytest -m "not slow and not sweep"

# Tests that kill processes or fill the disk may fail, or leave half a file of counts, while they are measured.
coverage: $(READY)  ## run the tests and say which lines and branches none of them reached
	$(BIN)/coverage erase
	-$(BIN)/coverage run -m pytest -m "not sweep"
	-$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(READY)  ## validate the data against its contract
	$(BIN)/centralasia check

lab: $(READY)  ## open JupyterLab on the overview; more arguments in ARGS, as make lab ARGS=--no-browser
	$(WARM) $(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" $(AS_ROOT) $(ARGS) notebooks/00_overview.ipynb

explore: $(READY)  ## open the widgets of explore.ipynb as a page of their own, under Voilà
	$(WARM) $(BIN)/voila $(ARGS) notebooks/explore.ipynb

regenerate: $(READY)  ## execute the committed notebooks in place
	$(BIN)/centralasia regenerate

translations: $(READY)  ## bring the catalogues in locale/ up to date, and say how much is translated
	$(BIN)/centralasia translations

bench: $(READY)  ## measure speed against the plain tools, side by side
	$(BIN)/python tests/bench.py

sbom: $(READY)  ## list what the environment is made of, with licences, as CycloneDX: build/sbom.json
	mkdir -p build
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file build/sbom.json $(BIN)/python

lock:  ## resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --all-extras --group build --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-header --no-annotate --upgrade --quiet --output-file requirements.lock

clean:  ## remove the environment and everything built
	rm -rf $(VENV) build

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
