# `make` prints what there is. Works with GNU make 3.81 (macOS) and nothing else but Python 3.11 or newer.

PYTHON ?= python3
ACTIVE := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run dev test test-unit test-slow faults app-test e2e screenshots lint audit fix types bench bench-quick migrate seed backup restore environment run-environment

help: ## Print this list.
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Run the product on this machine, with a demo network (PORT=8080 DATA_DIR=.data SEED=demo|none).
	@$(PYTHON) -m dev.run

dev: environment ## Work on the app: hot reload at http://localhost:5173, in front of the stack at PORT (APP_PORT=5173).
	@$(ACTIVE) -m dev.hot

test: environment ## Run all quick tests but Terraform's in parallel; those of the database on Postgres 15 and 17 as well where they are installed.
	@$(ACTIVE) -m dev.testing

test-unit: environment ## Run the tests without servers: a few seconds.
	@$(ACTIVE) -m pytest -q tests/unit

test-slow: environment ## Run the tests that take minutes.
	@$(ACTIVE) -m pytest -q -m slow

faults: environment ## Kill and pause servers, cut connections and fill disks under load, then audit the data (SEED=7 MINUTES=5 RUNS=1).
	@$(ACTIVE) -m tests.faults $(if $(SEED),--seed $(SEED)) --minutes $(or $(MINUTES),5) --runs $(or $(RUNS),1)

app-test: environment ## Check the app: style, types, unit tests, the size of its first page.
	@$(ACTIVE) -m dev.frontend check

e2e: ## Run the app's tests in a browser, on a separate stack (Chromium of the system, or CHROMIUM=path).
	@$(PYTHON) -m dev.environment e2e
	@CI=1 $(ACTIVE) -m pytest -q -m slow tests/e2e

screenshots: ## Take the pictures of docs/screenshots again.
	@$(PYTHON) -m dev.environment e2e
	@CI=1 SCREENSHOTS=docs/screenshots $(ACTIVE) -m pytest -q -m slow tests/e2e/test_views.py -k looks

lint: environment ## Check style, types and the direction of imports.
	@$(ACTIVE) -m ruff check
	@$(ACTIVE) -m ruff format --check
	@$(ACTIVE) -m mypy
	@$(ACTIVE) -m bandit -q -c pyproject.toml -r main.py functions shared selfhost operate dev deploy
	@$(ACTIVE) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

audit: ## Look for known holes in packages, risky code and secrets; without a network the packages are not checked.
	@$(PYTHON) -m dev.environment audit
	@$(ACTIVE) -m dev.audit

fix: environment ## Format the code and apply automatic repairs.
	@$(ACTIVE) -m ruff check --fix --exit-zero
	@$(ACTIVE) -m ruff format

types: environment ## Write the files that follow from the code: OpenAPI document, table of functions, schema.
	@$(ACTIVE) -m dev.openapi
	@$(ACTIVE) -m dev.schema
	@$(ACTIVE) -m dev.readme

bench: ## Measure everything into benchmarks/README.md and its plots: under 20 minutes (ONLY=graph,search).
	@$(PYTHON) -m dev.environment bench
	@$(ACTIVE) -m benchmarks $(if $(ONLY),--only $(ONLY))

bench-quick: ## Fail on a ratio of processor times above benchmarks/baselines.json: a few minutes.
	@$(PYTHON) -m dev.environment bench
	@$(ACTIVE) -m benchmarks --quick $(if $(ONLY),--only $(ONLY))

migrate: run-environment ## Migrate the database (DATABASE_URL, or the local stack's).
	@$(ACTIVE) -m operate.database migrate

seed: run-environment ## Give the demo user the demo network (DATABASE_URL, or the local stack's).
	@$(ACTIVE) -m operate.database seed

backup: run-environment ## Save everything to FILE= (EMAIL= one user), from DATABASE_URL or from the local stack, which may run.
	@$(ACTIVE) -m operate.backup save "$(or $(FILE),warmpath-$(shell date -u +%Y%m%d-%H%M%S).backup)" $(if $(EMAIL),--user "$(EMAIL)")

restore: run-environment ## Restore FILE= (EMAIL= one user of it); into a database with users only with REPLACE=yes.
	@$(ACTIVE) -m operate.backup restore "$(FILE)" $(if $(EMAIL),--user "$(EMAIL)") $(if $(filter yes,$(REPLACE)),--replace)

environment:
	@$(PYTHON) -m dev.environment dev

# What operating an installation needs, and no test or linter.
run-environment:
	@$(PYTHON) -m dev.environment run

include terraform/terraform.mk
