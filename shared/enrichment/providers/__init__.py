"""The outside sources that enrichment asks, one file each, all behind the protocol in `provider.py`."""
