"""Access of programs: personal tokens, programs that were let in, and what they did."""
