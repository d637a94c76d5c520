"""For whoever runs an installation: database, backup and restore, credits, dead letters."""
