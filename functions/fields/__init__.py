"""The functions of custom fields."""
