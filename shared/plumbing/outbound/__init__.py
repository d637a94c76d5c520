"""Connections to servers that are not ours, each with one deadline for everything."""
