"""The day: whom to talk to, when, and what happened with somebody (docs/day.md)."""
