# Terraform and deployment; the Makefile includes this file. PYTHON and ACTIVE are the Makefile's.

LOCK = $(ACTIVE) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header
CHECKOV_VERSION := 3.3.30
CHECKOV_FOLDER := terraform/.build/checkov

# DOMAIN= PROJECT= REGION= and, where they differ from the defaults, ENV= OPERATORS= VARS=
TARGET = --project="$(PROJECT)" --region="$(REGION)" --domain="$(DOMAIN)" \
	$(if $(ENV),--env="$(ENV)") $(if $(OPERATORS),--operators="$(OPERATORS)") $(if $(VARS),--vars="$(VARS)")

.PHONY: lock terraform-tools terraform-test deploy traffic call smoke rollback destroy restore-cloud resume-schedules

deploy: ## Deploy to Google Cloud: PROJECT=acme-crm REGION=europe-west1 DOMAIN=crm.example.com [ENV=minimal SHARE=100].
	@$(PYTHON) -m deploy deploy $(TARGET) $(if $(SHARE),--share="$(SHARE)")

traffic: ## Give the newest release SHARE= percent of the requests, the one before the others; 0 goes back in seconds.
	@$(PYTHON) -m deploy traffic $(TARGET) --share="$(SHARE)"

call: ## Call an operators' function: FUNCTION=grant_credits DATA='{...}' (PROJECT= REGION= DOMAIN=).
	@$(PYTHON) -m deploy call $(TARGET) --function="$(FUNCTION)" $(if $(DATA),--data='$(DATA)')

smoke: ## Check a deployment by a few requests (DOMAIN=).
	@$(PYTHON) -m deploy smoke --domain="$(DOMAIN)"

rollback: ## Go back to the release before the running one (PROJECT= REGION= DOMAIN=).
	@$(PYTHON) -m deploy rollback $(TARGET)

destroy: ## Delete a deployment with all its data (PROJECT= REGION= DOMAIN=).
	@$(PYTHON) -m deploy destroy $(TARGET)

restore-cloud: ## Restore the database to POINT=2026-01-31T09:59:00Z into a new INSTANCE=, and serve from it (PROJECT= REGION= DOMAIN= VARS=).
	@$(PYTHON) -m deploy restore-cloud $(TARGET) --point="$(POINT)" $(if $(INSTANCE),--instance="$(INSTANCE)")

resume-schedules: ## Let the schedules run again that restore-cloud has paused (PROJECT= REGION= DOMAIN=).
	@$(PYTHON) -m deploy resume-schedules $(TARGET)

# watchdog, which functions-framework names and never imports, has no wheel for Alpine.
lock: environment ## Lock the deployed packages, with hashes, after requirements.txt changed.
	@$(LOCK) requirements.txt -o requirements.lock
	@$(LOCK) selfhost/container.txt --no-emit-package watchdog -o selfhost/container.lock

# FAULTS=alone makes each deliberate fault in a run of its own: many minutes.
terraform-test: environment ## Check Terraform and deployment: plans, assertions, policies, deliberate faults.
	@$(ACTIVE) -m pytest -n auto --dist loadgroup tests/terraform tests/deploy -m "slow or not slow"

terraform-tools: ## Install checkov for terraform-test, in a separate environment.
	@$(PYTHON) -m venv $(CHECKOV_FOLDER)
	@$(CHECKOV_FOLDER)/bin/python -m pip install --quiet checkov==$(CHECKOV_VERSION)
