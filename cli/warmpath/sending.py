"""Facts to a source in batches that the API takes; a run that was interrupted goes on where it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warmpath.api import NOT_FOUND, ApiError
from warmpath.settings import keep_sent, sent_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from warmpath.api import Api

MOST_LINES = 5000
MOST_BYTES = 7_500_000
_SOURCES = "/api/crm/sources"


@dataclass
class Outcome:
    """What became of the facts of a file.

    Attributes:
        source_id: the source that they count for.
        left_out: how many say nothing of a tie, by reason.
    """

    source_id: str = ""
    received: int = 0
    counted: int = 0
    known: int = 0
    failed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, answer: dict[str, Any]) -> None:
        """Add the answer to a batch."""
        self.received += answer["received"]
        self.counted += answer["counted"]
        self.known += answer["known"]
        self.failed += answer.get("failed", 0)
        self.left_out.update(answer["left_out"])

    def as_dict(self) -> dict[str, Any]:
        """The outcome for programs."""
        return {**self.__dict__, "left_out": dict(self.left_out)}


def send(
    api: Api, path: Path, lines: Iterable[str], *, kind: str, of: str, name: str, mine: Sequence[str], url: str
) -> Outcome:
    """Make a source of a file, or go on with the one that was begun, and send its facts.

    Args:
        api: where to.
        path: the file or folder; what was sent of it is remembered by its size and time.
        lines: its facts, from the first one on and always in the same order.
        kind: of the source.
        of: `messages` or `events`.
        name: of the source.
        mine: the user's addresses.
        url: of the installation.

    Raises:
        ApiError: a batch was refused.
    """
    status = path.stat()
    key = f"{url} {of} {path.resolve()} {status.st_size} {status.st_mtime_ns}"
    state = sent_before(key)
    if state.get("mine") != sorted(mine):
        source = api.call("POST", _SOURCES, {"kind": kind, "name": name[:200], "addresses": sorted(mine)})
        state = {"source": source["id"], "mine": sorted(mine), "sent": 0}
        keep_sent(key, state)
    outcome = Outcome(source_id=state["source"])
    begun = int(state["sent"])
    for first, batch in _batches(lines):
        if first + len(batch) <= begun:
            continue
        try:
            body = "\n".join(batch).encode()
            answer = api.call("POST", f"{_SOURCES}/{state['source']}/{of}", body, media_type="application/x-ndjson")
        except ApiError as error:
            if error.status == NOT_FOUND:
                keep_sent(key, None)
                raise ApiError("The source was deleted meanwhile: run the command again", NOT_FOUND) from error
            raise
        outcome.add(answer)
        state["sent"] = first + len(batch)
        keep_sent(key, state)
    return outcome


def _batches(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines in batches, each with the number of lines before it."""
    before, size = 0, 0
    held: list[str] = []
    for line in lines:
        length = len(line.encode()) + 1
        if held and (len(held) >= MOST_LINES or size + length > MOST_BYTES):
            yield before, held
            before += len(held)
            held, size = [], 0
        held.append(line)
        size += length
    if held:
        yield before, held
