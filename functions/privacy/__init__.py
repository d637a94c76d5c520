"""The functions under /api/crm/privacy, for people without an account."""
