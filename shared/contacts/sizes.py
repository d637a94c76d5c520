"""The sizes a contact may have."""

from __future__ import annotations

# The bounds of crm.contacts: a longer value is reported with its field, never cut in silence.
MAX_NAME = 500
MAX_EMAIL = 320
MAX_TEXT = 500  # company, title, location, one phone
MAX_TAG = 100
MAX_NOTES = 100_000
MAX_LIST = 100  # e-mails, phones, tags, custom fields of one contact
MAX_URL = 2_000
MAX_SLUG = 200
MAX_SOURCE_UID = 255
MAX_CUSTOM_KEY = 200
MAX_CUSTOM_VALUE = 20_000
MAX_CUSTOM_TOTAL = 75_000  # UTF-8 bytes of all keys and values; the table holds 100,000 with their overhead
