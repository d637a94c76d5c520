"""The function under /api/crm/contacts/bulk."""
