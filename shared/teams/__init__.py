"""Teams: users who find paths through each other's ties, as far as each of them shares."""
