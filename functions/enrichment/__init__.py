"""The functions under /api/crm/enrichment, the consumer of enrichment events, and what keeps both going."""
