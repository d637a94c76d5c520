"""Enrichment: what contacts lack, filled in from outside, for credits that are accounted for to the last one."""
