"""The production server of a self-hosted installation: gateway, scheduler, deliveries, site."""
