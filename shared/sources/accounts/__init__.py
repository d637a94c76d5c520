"""Accounts that keep themselves current: read in slices, each committed together with how far the account is read."""
