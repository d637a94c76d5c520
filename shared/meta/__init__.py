"""The health of the service, and the description of its API."""
