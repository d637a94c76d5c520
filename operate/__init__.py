"""Commands for operators of an installation: database, backup and restore, credits, dead letters."""
