"""The functions under /api/crm/operations and /api/crm/changes, and those of the trash and the history of contacts."""
