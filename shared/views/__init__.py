"""Saved views: lists of contacts that a user has kept, with filters, order and columns (docs/day.md)."""
