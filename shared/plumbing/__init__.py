"""Databases, cache, events and telemetry: code that knows no area of the business."""
