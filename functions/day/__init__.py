"""The functions of the day; some of their URLs are below /api/crm/contacts."""
