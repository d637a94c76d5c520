"""Interactions with contacts, and the strength that follows from them (docs/strength.md)."""
