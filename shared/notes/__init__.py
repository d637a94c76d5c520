"""Notes of contacts, each with the time that it speaks of (docs/day.md)."""
