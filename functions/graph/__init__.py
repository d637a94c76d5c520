"""The functions under /api/crm/graph."""
