"""Events: the outbox, and Pub/Sub behind it."""
