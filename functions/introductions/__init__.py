"""Introductions: asking, answering, following up."""
