# Two commands do everything on a bare Debian or Ubuntu machine with Python 3.11 to 3.13: `make demo` and `make test`.
PYTHON := .venv/bin/python
PACKAGES := dossier ocr metadata archive store indexer search_api flows sample_printer language_builder benchmarks scripts
MOST_LINES := 400

.PHONY: help viewer setup demo test check lint types contracts sizes format samples bench serve elasticsearch elasticsearch-stop clean

help:  ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 22

setup: .venv/.ready  ## Install system packages and the virtual environment

.venv/.ready: requirements.lock pyproject.toml scripts/setup.sh
	bash scripts/setup.sh
	touch $@

demo: setup  ## Digitise sample_scans/ into demo-store/ and search it, with and without accents
	bash scripts/demo.sh

test: setup  ## Run the tests; those that need Elasticsearch, Chromium or PostgreSQL skip aloud where these are missing
	bash scripts/test.sh

check: setup lint types contracts sizes test  ## Everything that has to be green

lint:  ## Format and lint
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .

types:  ## mypy, strict
	.venv/bin/mypy $(addprefix -p ,$(PACKAGES))

contracts:  ## Who may import whom (ARCHITECTURE.md)
	.venv/bin/lint-imports

sizes:  ## No file over 400 lines
	@git ls-files '*.py' | xargs wc -l | awk '$$2 != "total" && $$1 > $(MOST_LINES) {print $$2 ": " $$1 " lines, over $(MOST_LINES)"; bad = 1} END {exit bad}'

format:  ## Write the format
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

samples: setup  ## Print sample_scans/ anew, the same to the byte
	$(PYTHON) -m sample_printer --seed 2026 --out sample_scans

bench: setup  ## Measure accuracy and speed beside plain Tesseract and OCRmyPDF; writes benchmarks/RESULTS.md
	$(PYTHON) -m benchmarks

serve: setup  ## Open the search pages on the demo's store
	.venv/bin/sohoa serve --store demo-store

elasticsearch: setup  ## Fetch and start two real Elasticsearch servers on loopback (needs Java and Maven)
	$(PYTHON) -m scripts.elasticsearch_servers start

elasticsearch-stop:  ## Stop them
	$(PYTHON) -m scripts.elasticsearch_servers stop

viewer: setup  ## Fetch the stock IIIF viewer that the tests open documents with (needs npm)
	$(PYTHON) -m scripts.viewer

clean:  ## Remove what was made, but no store of yours
	rm -rf .venv .venv-peers demo-store .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
