"""The `warmpath` command: reads files of mail, calendars and contacts on this machine and sends what they say to Warmpath.

- `program`: the command line. `settings`: where Warmpath is and who signs in. `api`: its calls.
- `mail`, `calendar`: looking through a file and sending its facts, by `sending`. `contacts`: an import of contacts.
- `terminal`: what is printed and asked.
"""
