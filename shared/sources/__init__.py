"""Sources of ties: mailboxes, calendars, chats and accounts, of which facts are counted and no texts are kept (docs/sources.md)."""
