"""The functions under /api/crm/viral."""
