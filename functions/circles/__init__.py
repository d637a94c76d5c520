"""The functions of circles."""
