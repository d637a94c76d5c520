"""Who knows whom: relationships, introduction paths, the network around a contact, insights."""
