"""Chats and calls: exports of programs to facts of who wrote to or called whom, and when; texts are passed over.

- `linkedin`: the member's export. `whatsapp`, `telegram`, `slack`: chats. `phone`: backups of short messages and calls.
- `files`: the one of these that a file is.
"""
