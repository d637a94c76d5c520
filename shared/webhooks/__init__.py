"""Webhooks: other programs are told what happens, by the specification Standard Webhooks 1.0."""
