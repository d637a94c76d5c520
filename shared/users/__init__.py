"""Users: the people who sign in and own contacts."""
