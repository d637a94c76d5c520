"""The contacts: people a user knows or wants to reach."""
