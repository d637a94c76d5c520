"""Health, the API description and its page."""
