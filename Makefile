# `make help` prints every target with a line of what it does. Nothing but Python >= 3.11 and make is needed.
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
READY := $(VENV)/.ready
GRAPHIQL := graphql_api/graphiql
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-neo4j test-slow test-all test-long histories viewers soak lint format serve notebook bench bench-serving readme neo4j constraints clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "%-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## create .venv and install everything, pinned; done again only when the pins change

# The python is chosen and checked by one script, so that a machine without venv gets a sentence, not a trace.
$(READY): pyproject.toml constraints.txt .ci/venv
	@PYTHON="$(PYTHON)" .ci/venv "$(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[connectors,gnn,notebooks,dev]'
	@.ci/graphiql "$(GRAPHIQL)"
	@touch $@

demo: setup ## the simulated company from exports to answers, then serve it (ARGS=--no-serve stops before serving)
	$(BIN)/relgraph demo $(ARGS)

# The processes share the cores, so none of them computes with several threads.
test test-neo4j test-slow test-all test-long histories viewers: export OMP_NUM_THREADS ?= 1
test test-neo4j test-slow test-all test-long histories viewers: export OPENBLAS_NUM_THREADS ?= 1
# An embedded engine lives for one file of tests: compiling its code fully costs more than it gains (engine's processor
# seconds of three files: 55 before, 25 after).
test test-neo4j test-slow test-all test-long histories viewers: export JAVA_TOOL_OPTIONS ?= -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC

test: setup ## the tests on the embedded engine, minus the slow and the fault suites, in WORKERS=2 processes (0: in one)
	$(PYTEST) -m "not slow and not faults" -k "not neo4j" $(ARGS)

test-neo4j: setup ## the same tests on a real Neo4j (java 17+, mvn); ARGS="--minutes 10 --drawn SEED": a sample of them
	$(PYTEST) -m "not slow and not faults and not long" -k neo4j $(ARGS)

test-slow: setup ## the slow and the fault suites, on both engines; ARGS as for test-neo4j
	$(PYTEST) -m "(slow or faults) and not long" $(ARGS)

test-all: setup ## the slow and the fault suites too, and on a real Neo4j (java 17+, mvn); all but the long ones
	$(PYTEST) -m "not long" $(ARGS)

test-long: setup ## on the engine that test-all leaves out: large files, the demo, commands as processes
	$(PYTEST) -m long $(ARGS)

histories: setup ## the property tests over random companies with TIMES=10 times as many of them
	RELGRAPH_HISTORIES=$(or $(TIMES),10) $(PYTEST) $$(grep -rlE "tests.histories import" tests) $(ARGS)

viewers: setup ## the oracle of rows and fields over 1,000 generated viewers (22 companies), embedded; about an hour
	RELGRAPH_HISTORIES=$(or $(TIMES),22) $(PYTEST) tests/api/test_viewers.py -k "not neo4j" $(ARGS)

soak: setup ## kill the worker at KILLS=100 random moments on each engine: nothing lost, nothing doubled
	RELGRAPH_KILLS=$(or $(KILLS),100) $(BIN)/python -m pytest -q -m faults tests/work $(ARGS)

lint: setup ## Ruff (rules and format) and strict mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: setup ## let Ruff rewrite what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

serve: setup ## GraphQL on loopback over what RELGRAPH_HOME (or NEO4J_URI) holds
	$(BIN)/relgraph serve $(ARGS)

notebook: setup ## Jupyter on loopback, on the same engine
	$(BIN)/jupyter lab --ip=127.0.0.1 --notebook-dir=notebooks $(ARGS)

bench: setup ## load and serve rates beside the bare driver, demo cost, quality; tables kept in bench/results
	$(BIN)/python -m bench $(ARGS)

bench-serving: setup ## five questions over HTTP beside bare Cypher and @neo4j/graphql (npm), SIZE=2000 customers
	$(BIN)/python -m bench.serving --customers $(or $(SIZE),2000) $(ARGS)

readme: setup ## run the demo and put what it prints into both READMEs
	$(BIN)/python -m bench.readme

neo4j: setup ## fetch and start a real Neo4j through Maven (java 17+, mvn), print its URI (ARGS=stop ends it)
	$(BIN)/python -m devtools.neo4j_server $(or $(ARGS),start)

constraints: setup ## pin what .venv holds now
	.ci/pins "$(VENV)" > constraints.new && mv constraints.new constraints.txt && touch $(READY)

clean: ## remove caches and build output; .venv and RELGRAPH_HOME stay
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -path "./$(VENV)" -prune -o -name __pycache__ -type d -exec rm -rf {} +
