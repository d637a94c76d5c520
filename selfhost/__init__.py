"""What a self-hosted server runs in production: gateway, scheduler, deliveries, site."""
