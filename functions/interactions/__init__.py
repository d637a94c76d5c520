"""The functions of interactions; their URLs are below /api/crm/contacts."""
