"""Bytes to rows, cards and entries: one reader for each format, used by every import there is.

Nothing here knows what a column or a property means, or which area asks: an area's `importing` maps what is read here to
contacts, ties or interactions, and hands in what only it can know (the names of its columns, what its file should list).

- `source`: a file that can be read from its beginning again; `recognition`: which format it has.
- `encoding`, `charsets`: how its bytes spell text.
- `csv_dialect`, `csv_lines`, `csv_reader`: delimited files. `workbook`, `workbook_limits`: Excel's, as tables like these.
- `vcard`: cards. `json_stream`: JSON. `ldif`: entries of directories. `address_lines`: what is copied out of a mail.
- `archive`: ZIP archives of all these.
- `mail`: mailboxes. `calendar`: calendars. `chat`: chats and calls. `packed`: what is streamed out of folders and archives. `facts`: the messages and meetings of any source, as lines of the API.

A new format is a module here that yields rows, cards or entries with the line on which each begins, takes a `Source` and,
where it is text, a `Survey`, and is loaded where it is first needed. `recognition` gets its first bytes and its name in
`Format`; the areas that take it map it in their own `importing`.
"""
