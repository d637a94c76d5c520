"""Deploy Warmpath to Google Cloud: `make deploy`, `make rollback`, `make destroy`. Standard library only."""
