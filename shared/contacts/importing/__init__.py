"""Reads contacts out of the files that address books and networks export."""
