"""The common part of the imports of ties and of interactions: rows that name contacts, and the answer."""
