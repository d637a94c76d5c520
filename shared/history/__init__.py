"""What was done to a user's data: the journal, and what reads it (decision 0060)."""
