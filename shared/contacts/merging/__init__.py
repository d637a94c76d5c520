"""One person, one contact: contacts are merged, and what leads to the merged ones afterwards leads to the one that is left (decision 0073)."""
