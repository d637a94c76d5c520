"""Redis: its client, the cache, circuit breakers."""
