"""Tools of a developer's machine and of the build: the local stack, demo data, the OpenAPI writer. Never deployed."""
