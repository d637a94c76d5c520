"""Introductions: from the question to the handshake, with consent on both sides."""
