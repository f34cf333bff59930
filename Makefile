# Everything one does with this project. The work is done in Python under infra/; `make help` lists the targets.
# A variable given on the command line or in the environment (PORT, HOLD_SECONDS, DATABASE_URL …) is passed on.
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python
READY := .venv/installed
LOCALLY = @exec $(PYTHON) -m infra.local
WORKERS ?= 2
IN_PARALLEL = -n $(WORKERS) --dist loadgroup --no-loadscope-reorder
FAST := tests/unit tests/database tests/http

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^##@/ { print "\n" substr($$0, 5) } /^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

##@ Run
.PHONY: run stop reset logs psql admin-token
run: $(READY) ## Start everything on http://localhost:3000 (PORT=… for another port); Ctrl-C stops it
	$(LOCALLY) run
stop: $(READY) ## Stop what `make run` started
	$(LOCALLY) stop
reset: $(READY) ## Stop, and forget all local data
	$(LOCALLY) reset
logs: $(READY) ## Follow what the functions say
	$(LOCALLY) logs
psql: $(READY) ## Open an SQL prompt at the local database
	$(LOCALLY) psql
admin-token: $(READY) ## Print a token for the admin routes, valid for an hour
	$(LOCALLY) admin-token

##@ Operate (beside a running `make run`; all commands: `.venv/bin/python -m infra.operate --help`)
.PHONY: products restock audit
products: $(READY) ## List the products with their live stock
	@exec $(PYTHON) -m infra.operate products
restock: $(READY) ## Put UNITS=… more of PRODUCT=… (id or name) on sale, or take units out (UNITS=-5)
	@exec $(PYTHON) -m infra.operate restock "$$PRODUCT" "$$UNITS"
audit: $(READY) ## Tell where every unit is; fails if the books do not balance
	@exec $(PYTHON) -m infra.operate audit

##@ Change (beside a running `make run`)
.PHONY: dev redeploy frontend-dev
dev: $(READY) ## Serve the API from the source tree, reloaded at every change
	$(LOCALLY) dev
redeploy: $(READY) ## Bring changed code into LocalStack
	$(LOCALLY) redeploy
frontend-dev: $(READY) ## Serve the shop from the source tree with hot reload
	$(LOCALLY) frontend-dev

##@ Check
.PHONY: test test-fast lint format
test: $(READY) ## Run all tests
	$(PYTHON) -m infra.local prepare-tests
	$(PYTHON) -m pytest $(IN_PARALLEL) --durations=25
	$(PYTHON) -m infra.shop test
test-fast: $(READY) ## Run the tests that need no LocalStack and no browser
	$(PYTHON) -m pytest -q $(IN_PARALLEL) $(FAST)
lint: $(READY) ## Check format, style, types and the direction of imports
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) -m infra.shop lint
format: $(READY) ## Format the code
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	$(PYTHON) -m infra.shop format

##@ Make
.PHONY: package openapi lock screenshots
package: $(READY) ## Build what is deployed to AWS into .local/package (STAGE=… for one stage)
	@exec $(PYTHON) -m infra.aws.package $(STAGE)
openapi: $(READY) ## Write frontend/openapi.json and the shop's types from the code
	$(PYTHON) -m infra.openapi
	$(PYTHON) -m infra.shop types
screenshots: $(READY) ## Take the pictures in docs/ anew
	$(PYTHON) -m tests.browser.screenshots
lock: $(READY) ## Pin all dependencies anew
	@exec $(PYTHON) -m infra.lock

# The development environment, brought up to date when the locked requirements change.
$(READY): requirements-dev.txt
	@python=$$(infra/find_python.sh) && exec "$$python" -m infra.development_environment
