"""The functions under /api/crm/teams."""
