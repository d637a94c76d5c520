"""Connections to other people's servers, each with one deadline for everything."""
