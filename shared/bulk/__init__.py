"""One change of many contacts at once: one call, one operation, one undo (decision 0062)."""
