"""Postgres, Redis, events and telemetry: code that knows no area."""
