"""Circles: groups of contacts, with members named one by one or found by a filter (docs/day.md)."""
