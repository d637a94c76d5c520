"""Introductions: requests to be introduced along a path, from the first question to the e-mail to both sides."""
