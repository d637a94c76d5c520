"""The functions under /api/crm/enrichment, the consumer of enrichment events, and the schedule that repairs both."""
