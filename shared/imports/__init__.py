"""The shared half of the imports of ties and of interactions: rows that name contacts, and the answer."""
