"""The functions under /api/crm/contacts."""
