"""What an operator calls to look after the database."""
