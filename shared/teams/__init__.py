"""Teams: users who find paths through each other's ties, where the other shares them."""
