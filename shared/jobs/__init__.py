"""Jobs: work that outlives a request, done in steps by a consumer."""
