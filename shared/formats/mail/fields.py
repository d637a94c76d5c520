"""The header fields of a message that matter, unfolded."""

from __future__ import annotations

WANTED = frozenset(
    b"from sender to cc bcc date message-id list-id list-post list-unsubscribe mailing-list precedence auto-submitted x-autoreply "
    b"x-autorespond return-path content-type received feedback-id delivered-to x-original-to x-gmail-labels".split()
)
# Outlook and list programs write these several times; of others the first one counts.
_JOINED = frozenset((b"to", b"cc", b"bcc"))
_BLANK = b" \t\r\n\f\v"
_FOLD = (b" ", b"\t")


def fields_of(head: bytes) -> dict[bytes, bytes]:
    """The wanted fields of a header block by their names in lower case.

    Args:
        head: the lines of the block, with any line ends, without the empty line behind it.
    """
    found: dict[bytes, bytes] = {}
    name: bytes | None = None
    for line in head.split(b"\n"):
        if line[:1] in _FOLD:
            if name is not None:
                found[name] += b" " + line.strip(_BLANK)
            continue
        colon = line.find(b":")
        name = line[:colon].lower()
        if name not in WANTED and (name := name.rstrip(b" \t")) not in WANTED:
            name = None
            continue
        value = line[colon + 1 :].strip(_BLANK)
        if name not in found:
            found[name] = value
        elif name in _JOINED:
            found[name] += b", " + value
        else:
            name = None
    return found
