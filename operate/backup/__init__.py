"""Backups of everything, or of one user: `python -m operate.backup`."""
