"""Backups of the whole product's state, or of one user's part of it: `python -m operate.backup`."""
