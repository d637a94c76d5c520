"""The graph of contacts: ties, introduction paths, the network around a contact, insights."""
