"""The edge of jobs."""
