"""What passed between the user and contacts, and the strength that follows from it (docs/strength.md)."""
