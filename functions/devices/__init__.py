"""The functions under /api/crm/devices, and the one under /dav."""
