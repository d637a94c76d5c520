"""Secrets in the database: each sealed with a key of its own, which a key outside of the database wraps."""
