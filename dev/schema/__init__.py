"""The schema as the database has it, written down: shared/schema.sql."""
