"""Consumers that send e-mail."""
