"""`warmpath import`: a file of contacts, read and merged by the server as a job."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from warmpath.api import ApiError
from warmpath.terminal import Progress, print_json, say

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from warmpath.api import Api

_IMPORTS = "/api/crm/imports"
_LOOK_S = 0.7
_ARRIVED = re.compile(r"bytes=0-(\d+)")
_DONE, _MORE = (200, 201), 308
_LONGEST_WAIT_S = 30.0
_GIVE_UP_S = 600.0


def run(options: argparse.Namespace, api: Api, _: str) -> int:
    """Send a file of contacts, and wait until it is merged; return the exit status."""
    path: Path = options.path
    plan: dict[str, Any] = {"tags": options.tag}
    if options.on_duplicate:
        plan["on_duplicate"] = options.on_duplicate
    if options.map:
        plan["mapping"] = dict(options.map)
    if options.tie_to_me is not None:
        plan["tie_to_me"] = options.tie_to_me
    begun = _awaited(api, path)
    if begun is None:
        body = {"kind": "contacts", "filename": path.name, "size": path.stat().st_size, "plan": plan}
        begun = api.call("POST", _IMPORTS, body)
    _upload(api, path, begun, quiet=options.json)
    current = _wait(api, begun["id"], ("plan",), quiet=options.json)
    if current["status"] == "waiting" and not options.dry_run:
        api.call("POST", f"{_IMPORTS}/{begun['id']}/start", {"plan": plan})
        current = _wait(api, begun["id"], (), quiet=options.json)
    elif current["status"] == "waiting":
        api.call("DELETE", f"{_IMPORTS}/{begun['id']}")
    if options.json:
        print_json(current)
    else:
        _show(current, dry_run=options.dry_run)
    return 1 if current["status"] == "failed" else 0


def _awaited(api: Api, path: Path) -> dict[str, Any] | None:
    """An import of the same file whose upload was interrupted."""
    for each in api.call("GET", f"{_IMPORTS}?limit=10")["items"]:
        is_same = each["filename"] == path.name and each["size"] == path.stat().st_size
        if is_same and each["phase"] == "upload" and each["status"] == "waiting":
            found: dict[str, Any] = api.call("GET", f"{_IMPORTS}/{each['id']}")
            return found
    return None


def _upload(api: Api, path: Path, begun: dict[str, Any], *, quiet: bool) -> None:
    """Send the file from where it stands, through every interruption of the line.

    Raises:
        ApiError: the upload is not open any more, or nothing arrives for ten minutes.
    """
    target, size = begun["upload"], path.stat().st_size
    if not target:
        return
    progress = Progress(f"Sending {path.name}", size, quiet=quiet)
    at: int | None = None
    wait_s = 0.5
    moved_at = time.monotonic()
    with path.open("rb") as file:
        while True:
            chunk = b""
            if at is not None:
                file.seek(at)
                chunk = file.read(target["chunk_bytes"])
            span = "*" if at is None else f"{at}-{at + len(chunk) - 1}"
            headers = {**target["headers"], "Content-Range": f"bytes {span}/{size}"}
            status, has = api.put(target["url"], chunk, headers)
            if status in _DONE:
                break
            if status == _MORE:
                arrived = _ARRIVED.match(has)
                at = int(arrived[1]) + 1 if arrived else 0
                progress.bytes_read(at)
                wait_s, moved_at = 0.5, time.monotonic()
                continue
            if status and status not in {429, 500, 502, 503, 504}:
                raise ApiError(f"The upload is not open any more (status {status}): run the command again", status)
            if time.monotonic() - moved_at > _GIVE_UP_S:
                raise ApiError("Nothing has arrived for ten minutes: run the command again, it goes on where it was")
            time.sleep(wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
            at = None  # how much has arrived is asked first
    progress.end()


def _wait(api: Api, import_id: str, phases: tuple[str, ...], *, quiet: bool) -> dict[str, Any]:
    """Wait until the import has ended, or waits in one of these phases."""
    progress: Progress | None = None
    while True:
        current: dict[str, Any] = api.call("GET", f"{_IMPORTS}/{import_id}")
        state = current.get("progress") or {}
        progress = progress or Progress("Reading and merging", int(state.get("total") or 0), quiet=quiet)
        progress.bytes_read(int(state.get("done") or 0))
        if current["ended_at"] is not None or (current["status"] == "waiting" and current["phase"] in phases):
            progress.end()
            return current
        time.sleep(_LOOK_S)


def _show(current: dict[str, Any], *, dry_run: bool) -> None:
    if current.get("problem"):
        say(str(current["problem"].get("detail") or current["problem"].get("title")))
        return
    counts = current.get("result") or current.get("counts") or {}
    words = ", ".join(f"{value:,} {name.replace('_', ' ')}" for name, value in counts.items() if isinstance(value, int))
    say(("Would be: " if dry_run else "") + (words or current["status"]))
    for doubt in current.get("doubts") or []:
        say(f"  {doubt.get('message') or doubt.get('detail') or doubt}")
    # Of a plan they stand beside the counts, of what is done in the result.
    for error in (current.get("errors") or counts.get("errors") or [])[:10]:
        value = f' ("{error["value"]}")' if error.get("value") else ""
        say(f"  line {error['line']}, {error['field'] or 'row'}: {error['message']}{value}")
