"""The letter about the day: whom to talk to, dates, ways that opened, and introductions."""
