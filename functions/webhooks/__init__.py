"""Webhooks: messages to other programs about changes."""
