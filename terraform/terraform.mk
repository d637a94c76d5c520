# Targets of Terraform and deployment; the Makefile includes this file.
PYTHON ?= .venv/bin/python
DEPLOY = $(PYTHON) -m deploy
CHECKOV_VERSION = 3.3.30
TARGET = --project="$(PROJECT)" --region="$(REGION)" --domain="$(DOMAIN)" $(if $(ENV),--env="$(ENV)") $(if $(OPERATORS),--operators="$(OPERATORS)") $(if $(VARS),--vars="$(VARS)")

.PHONY: source lock terraform-tools terraform-test deploy smoke rollback destroy

source: ## Build the functions' archive: terraform/.build/functions.zip
	@$(DEPLOY) source

lock: ## Pin what is deployed, with hashes, after requirements.txt changed
	$(PYTHON) -m uv pip compile requirements.txt --generate-hashes --universal --python-version 3.11 --no-header --quiet -o requirements.lock

terraform-tools: ## Install checkov, in an environment of its own
	python3 -m venv terraform/.build/checkov && terraform/.build/checkov/bin/pip install --quiet checkov==$(CHECKOV_VERSION)

terraform-test: ## Format, schema, validate, plans of all environments, assertions, checkov, deliberate faults
	$(PYTHON) -m pytest tests/terraform tests/deploy -m "slow or not slow"

deploy: ## PROJECT= REGION= DOMAIN= [ENV= OPERATORS= VARS=]: to Google Cloud, plan first
	@$(DEPLOY) deploy $(TARGET)

smoke: ## DOMAIN=: is the deployment well?
	@$(DEPLOY) smoke --domain="$(DOMAIN)"

rollback: ## PROJECT= REGION= DOMAIN= [ENV=]: back to the release before
	@$(DEPLOY) rollback $(TARGET)

destroy: ## PROJECT= REGION= DOMAIN= [ENV=]: delete the deployment with all its data
	@$(DEPLOY) destroy $(TARGET)
