"""Events on their way: sending what waits, trying again what failed."""
