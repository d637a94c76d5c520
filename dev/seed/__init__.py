"""A demo network: invented people, companies and ties, the same every time."""
