"""The edge: the only code that knows HTTP, Pub/Sub and how clients are made."""
