"""The outside sources of enrichment, one file each, all with the protocol in `provider.py`."""
