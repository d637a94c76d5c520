"""Phones and programs that keep a copy of the contacts: their passwords, and the address book that they see over CardDAV."""
