"""What the imports of ties and of interactions share: rows that name contacts, and what an import answers."""
