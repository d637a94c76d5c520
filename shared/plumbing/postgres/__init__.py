"""Postgres: connections, sessions under row-level security, SQL files, migrations."""
