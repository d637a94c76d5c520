"""E-mail: what is sent, how it reads, and what becomes of it."""
