"""The functions of sources; their URLs are below /api/crm/sources."""
