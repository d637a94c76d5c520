"""Custom fields: what a user says of the names among the custom values of contacts (docs/day.md)."""
