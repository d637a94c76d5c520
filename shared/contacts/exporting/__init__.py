"""Writes contacts as files that other address books open and that importing reads back without loss."""
