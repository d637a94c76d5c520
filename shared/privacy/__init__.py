"""Privacy of people without an account: what an installation holds about an address, erasure, and the wish not to be kept."""
