"""Growth: invitations, what they lead to, and who brings most."""
