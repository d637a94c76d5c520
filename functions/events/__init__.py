"""Functions that send waiting events and replay dead letters."""
