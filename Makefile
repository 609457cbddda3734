# Team Health: `make demo` and `make test` set up everything they need.
# System packages are installed where this user may; else one line says what to install.

PYTHON ?= python3
ARGS   ?=
BIN    := .venv/bin

.PHONY: demo test lint bench attack browsers proxies lock messages clean

demo: .make/run                  ## the sample organisation, served on http://localhost:8000
	$(BIN)/teamhealth demo $(ARGS)

test: .make/dev .make/browser .make/java  ## every test, on SQLite and on PostgreSQL where one answers
	$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

lint: .make/dev                  ## style, types, import contracts, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/teamhealth content check

bench: .make/dev .make/browser   ## the budgets of the design, each printing its ratio; ONLY=page runs one
	@missed=; for bench in $(or $(ONLY:%=benchmarks/%.py),$$(grep -l __main__ benchmarks/*.py)); do \
	  echo "== $$bench"; $(BIN)/python $$bench $(ARGS) || missed="$$missed $$bench"; \
	done; test -z "$$missed" || { echo "missed or failed:$$missed" >&2; exit 1; }

attack: .make/dev                ## the long attacks: kill -9 at random moments, many rounds
	$(BIN)/python -m pytest tests/attacks tests/deploy tests/journeys tests/rules/test_no_traces.py \
	  tests/rules/test_wheel.py --attack $(ARGS)
	$(BIN)/python -m pytest tests/rooms -m long --attack $(ARGS)

browsers: .make/dev .make/browser .make/browsers ## the page in Firefox and WebKitGTK, and what browsers keep on the disk
	$(BIN)/python -m pytest tests/browser/test_more_browsers.py tests/browser/test_traces.py --attack $(ARGS)

proxies: .make/dev .make/proxies ## the samples of deploy/ in nginx, Caddy and systemd
	$(BIN)/python -m pytest tests/deploy --attack $(ARGS)

lock:                            ## pin every dependency with its hashes, naming no registry
	$(PYTHON) -m venv .make/locking && .make/locking/bin/pip install -q uv
	cd $(CURDIR) && for kind in run dev; do \
	  .make/locking/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --no-emit-find-links --no-header \
	    --group $$kind pyproject.toml -o requirements/$$kind.txt || exit 1; done

messages: .make/dev              ## bring the catalogues of the five other languages up to date
	$(BIN)/python scripts/messages.py $(ARGS)

clean:
	rm -rf .venv .make build dist *.egg-info

.make/system: scripts/system.sh
	@mkdir -p .make
	@sh scripts/system.sh print
	@touch $@

.make/java: scripts/system.sh
	@mkdir -p .make
	@sh scripts/system.sh java || echo "Without them PDFs are not held against PDF/UA."
	@touch $@

.make/browser .make/browsers .make/proxies: scripts/system.sh
	@mkdir -p .make
	@sh scripts/system.sh $(@F)
	@touch $@

.make/venv: .make/system
	$(PYTHON) -m venv .venv
	@touch $@

.make/run: .make/venv requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.make/dev: .make/run requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
