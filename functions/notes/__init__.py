"""The functions of notes; most of their URLs are below /api/crm/contacts."""
