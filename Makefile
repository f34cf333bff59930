# All commands of this project. They are written in Python under infra/; `make help` lists them.
# A variable given on the command line or in the environment (PORT, HOLD_SECONDS, DATABASE_URL …) is passed on.
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
# If this is set, as in many containers, each process compiles its imports again, which takes twice as long.
unexport PYTHONDONTWRITEBYTECODE
PYTHON := .venv/bin/python
READY := .venv/installed
COMPILED := .venv/tests-compiled
LOCALLY = @exec $(PYTHON) -m infra.local
ON_STAGE = --stage "$(STAGE)" $(if $(YES),--yes "$(YES)")
# Two more than the cores of a small machine: a test often waits for a browser, a lock or a queue.
WORKERS ?= 4
MINUTES ?= 60
SPREAD = --dist loadscope --no-loadscope-reorder
IN_PARALLEL = -n $(WORKERS) $(SPREAD)
TEST_PYTHON = $(PYTHON) -m pytest $(IN_PARALLEL) --durations=25
FAST := tests/unit tests/database tests/http

.PHONY: help
help: ## Show this list
	@while IFS= read -r line; do case "$$line" in \
	'##@ '*) printf '\n%s\n' "$${line#??? }" ;; \
	[a-z]*:*'## '*) printf '  %-15s %s\n' "$${line%%:*}" "$${line#*## }" ;; \
	esac; done < Makefile

##@ Run
.PHONY: run stop reset logs psql admin-token
run: $(READY) ## Start everything on http://localhost:3000 (PORT=… for another port); Ctrl-C stops it
	$(LOCALLY) run
stop: $(READY) ## Stop what `make run` started
	$(LOCALLY) stop
reset: $(READY) ## Stop, and delete all local data
	$(LOCALLY) reset
logs: $(READY) ## Follow the logs of the functions, or show those of the last run (STAGE=… for a stage on AWS)
	@exec $(PYTHON) -m $(if $(STAGE),infra.aws logs $(ON_STAGE),infra.local logs)
psql: $(READY) ## Open an SQL prompt at the local database
	$(LOCALLY) psql
admin-token: $(READY) ## Print a token for the admin routes, valid for an hour (STAGE=… for a stage on AWS)
	@exec $(PYTHON) -m $(if $(STAGE),infra.aws admin-token $(ON_STAGE),infra.local admin-token)

##@ Operate (while `make run` is running; all commands: `.venv/bin/python -m infra.operate --help`)
.PHONY: products restock audit watch report rehearse
products: $(READY) ## List the products with their live stock
	@exec $(PYTHON) -m infra.operate products
restock: $(READY) ## Put UNITS=… more of PRODUCT=… (id or name) on sale, or take units out (UNITS=-5)
	@exec $(PYTHON) -m infra.operate restock "$$PRODUCT" "$$UNITS"
audit: $(READY) ## Show where every unit is; fails if the stock does not balance
	@exec $(PYTHON) -m infra.operate audit
watch: $(READY) ## Show the sale live (STAGE=… for a stage on AWS); Ctrl-C ends it
	@exec $(PYTHON) -m $(if $(STAGE),infra.aws watch $(ON_STAGE),infra.operate watch)
report: $(READY) ## Report on the sale of PRODUCT=… or of all (FROM=… UNTIL=… with time zone; STAGE=… for a stage on AWS)
	@exec $(PYTHON) -m $(if $(STAGE),infra.aws report $(ON_STAGE),infra.operate report) "$$PRODUCT" \
		--from "$$FROM" --until "$$UNTIL"
rehearse: $(READY) ## Rehearse a whole sale with SHOPPERS=200 (FAULTS="--kill-database 8"); fails if a promise is broken
	@exec $(PYTHON) -m infra.rehearse $(if $(SHOPPERS),--shoppers "$(SHOPPERS)") $(FAULTS)

##@ Develop (while `make run` is running)
.PHONY: dev redeploy frontend-dev
dev: $(READY) ## Serve the API from the source tree on port 8000 (DEV_PORT=…), reloaded at every edit
	$(LOCALLY) dev
redeploy: $(READY) ## Deploy changed code to LocalStack
	$(LOCALLY) redeploy
frontend-dev: $(READY) ## Serve the shop from the source tree with hot reload
	$(LOCALLY) frontend-dev

##@ Check
.PHONY: test test-shop test-python test-fast prepare-tests compile-tests soak mutants mutate bench lighthouse lint lint-python lint-templates lint-shop audit-packages format
test: prepare-tests test-shop compile-tests ## Run all tests
	$(TEST_PYTHON)
test-shop: $(READY) ## Run the tests of the shop's own code
	$(PYTHON) -m infra.shop test
test-python: prepare-tests compile-tests ## Run all other tests
	$(TEST_PYTHON)
test-fast: $(READY) ## Run the quick tests, which need no LocalStack and no browser
	$(PYTHON) -m pytest -q -n auto $(SPREAD) -m "not slow and not soak" $(FAST)
prepare-tests: $(READY) ## Install what the tests need in addition to .venv
	$(PYTHON) -m infra.local prepare-tests
compile-tests: $(COMPILED) ## Compile what the tests import, once; otherwise each worker of pytest compiles it
soak: $(READY) ## Run the long forms of the tests in docs/proof.md, for about MINUTES=60, and print a table
	$(PYTHON) -m pytest -m soak --soak=$(MINUTES) --verbose
mutants: $(READY) ## Run the tests against mutants of the code (ONLY="holds stock" for some); fails if one survives
	@exec $(PYTHON) -m tests.mutants $(ONLY)
mutate: $(READY) ## Let mutmut make mutants (ONLY="chalicelib.catalog.*" for some), and print those that survive
	@exec $(PYTHON) -m tests.mutants.generated $(ONLY)
bench: $(READY) ## Measure the figures S1 to S14 into docs/benchmarks (ONLY="S1 S11" for some)
	@exec $(PYTHON) -m tests.bench $(ONLY)
lighthouse: $(READY) ## Print the shop's Lighthouse scores, the median of five runs; fails if one is below its goal
	@exec $(PYTHON) -m tests.lighthouse
lint: lint-python lint-templates lint-shop ## Run all checks that are no tests (`make -j3 -O lint`: in parallel)
lint-python: $(READY) ## Check format, style, types and the direction of imports of the Python code, and look for secrets
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) -m infra.secrets_scan
lint-templates: $(READY) ## Check the templates of every stage
	$(PYTHON) -m infra.aws.lint
lint-shop: $(READY) ## Check types, style and format of the shop
	$(PYTHON) -m infra.shop lint
audit-packages: $(READY) ## Look for known vulnerabilities in all locked packages; needs the network
	@exec $(PYTHON) -m infra.audit_packages
format: $(READY) ## Format the code
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	$(PYTHON) -m infra.shop format

##@ Deploy to AWS (STAGE=dev or prod; YES=1 asks nothing; `logs`, `admin-token`, `watch` and `report` take STAGE too)
.PHONY: deploy status rollback destroy scale warm rehearse-deploy
deploy: $(READY) ## Deploy this checkout to the stage: show the changes, ask, migrate, deploy, test
	@exec $(PYTHON) -m infra.aws deploy $(ON_STAGE)
status: $(READY) ## Show what is deployed, and its state
	@exec $(PYTHON) -m infra.aws status $(ON_STAGE)
rollback: $(READY) ## Go back to the previous release
	@exec $(PYTHON) -m infra.aws rollback $(ON_STAGE)
destroy: $(READY) ## Delete the stage, and say what is kept
	@exec $(PYTHON) -m infra.aws destroy $(ON_STAGE)
scale: $(READY) ## Change the class of the stage's database (CLASS=db.r8g.2xlarge)
	@exec $(PYTHON) -m infra.aws scale $(ON_STAGE) --class "$(CLASS)"
warm: $(READY) ## Keep N=… environments of the API ready, 0 for none (FROM=… UNTIL=… in UTC for a sale)
	@exec $(PYTHON) -m infra.aws warm $(ON_STAGE) --environments "$(N)" --from "$(FROM)" --until "$(UNTIL)"
rehearse-deploy: $(READY) ## Deploy to a LocalStack on this machine, and test it
	@exec $(PYTHON) -m infra.aws rehearse-deploy

##@ Build
.PHONY: package openapi lock screenshots
package: $(READY) ## Build what is deployed to AWS into .local/package (STAGE=… for one stage)
	@exec $(PYTHON) -m infra.aws.package $(STAGE)
openapi: $(READY) ## Write frontend/openapi.json and the shop's types from the code
	$(PYTHON) -m infra.openapi
	$(PYTHON) -m infra.shop types
screenshots: $(READY) ## Renew the pictures in docs/
	$(PYTHON) -m tests.browser.screenshots
	$(PYTHON) -m tests.operate.pictures
lock: $(READY) ## Resolve all dependencies again, and pin them
	@exec $(PYTHON) -m infra.lock

# An error is left to the tests to show.
$(COMPILED): $(READY)
	$(PYTHON) -m pytest --collect-only -qq >/dev/null 2>&1; touch $@

# The development environment, brought up to date when the locked requirements change.
$(READY): requirements-dev.txt
	@python=$$(infra/find_python.sh) && exec "$$python" -m infra.development_environment
