"""The edge of imports."""
