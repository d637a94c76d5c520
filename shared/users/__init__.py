"""The users: whose address books these are."""
