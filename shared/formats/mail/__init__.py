"""Mail: bytes of mailboxes to facts, which say when who wrote to whom; bodies are passed over and never decoded.

- `mbox`: header blocks out of a stream of messages. `stores`: the files and folders in which mail programs and providers keep mail.
- `fields`: the header fields that matter. `text`: how their bytes spell text. `addresses`, `dates`: what stands in them.
- `machines`: lists, programs and labels. `facts`: all of this as one message.

`frontend/src/features/sources/reading/` reads the same in the browser; `tests/fixtures/mail_cases.json` holds both to one answer.
"""
