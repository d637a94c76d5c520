"""Developer tools: the local stack, its seed data and command line helpers. Never deployed."""
