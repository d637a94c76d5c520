"""The functions under /api/crm/users."""
