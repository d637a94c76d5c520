"""The Model Context Protocol: what assistants call, over the same services as the API."""
