"""Import a file of contacts from the terminal, with a progress bar; `python -m dev.import --help` lists the options."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dev.client import LocalApi, LocalApiError
from dev.issuer import DEMO_EMAIL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PATH = "/api/crm/contacts/import"
CHUNK_BYTES = 64 * 1024
# Only a hint: the API recognises the format by the content.
MEDIA_TYPES = {".vcf": "text/vcard", ".json": "application/json", ".zip": "application/zip"}
SHOWN_ERRORS = 10


def main(arguments: Sequence[str] | None = None) -> None:
    """Import one file and print the counts; exit with 1 when it was refused."""
    options = _parser().parse_args(arguments)
    console = Console()
    try:
        report = send(options, console)
    except (LocalApiError, OSError, ValueError) as error:
        console.print(f"[red]Nothing was imported.[/red] {error}", highlight=False)
        sys.exit(1)
    print_report(report, console, dry_run=options.dry_run)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dev.import", description="Imports contacts into the local stack.")
    parser.add_argument("file", type=Path, help="CSV, Excel, vCard, JSON, LDIF, or a zip of a LinkedIn export")
    parser.add_argument("--email", default=DEMO_EMAIL, help="whose address book (default: %(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="only report what would change")
    parser.add_argument(
        "--on-duplicate", choices=("update", "skip"), help="what to do with contacts that exist already"
    )
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="read a column as a field")
    parser.add_argument("--tag", action="append", default=[], help="a tag for all imported contacts")
    parser.add_argument("--tie-to-me", type=float, metavar="STRENGTH", help="tie each to yourself, from 0 to 1")
    parser.add_argument("--no-enrich", action="store_true", help="do not enrich the new contacts")
    parser.add_argument("--port", type=int, default=LocalApi.usual_port(), help="port of the stack (%(default)s)")
    return parser


def query_of(options: argparse.Namespace) -> str:
    """Build the query string of the options.

    Raises:
        ValueError: a `--map` is not COLUMN=FIELD.
    """
    parameters: dict[str, str] = {}
    if options.dry_run:
        parameters["dry_run"] = "true"
    if options.on_duplicate:
        parameters["on_duplicate"] = options.on_duplicate
    if options.map:
        mapping = [entry.rpartition("=") for entry in options.map]
        if not all(column and field for column, _, field in mapping):
            raise ValueError(f"--map takes COLUMN=FIELD, not {options.map}")
        parameters["mapping"] = json.dumps({column: field for column, _, field in mapping}, ensure_ascii=False)
    if options.tag:
        parameters["tags"] = ",".join(options.tag)
    if options.tie_to_me is not None:
        parameters["tie_to_me"] = str(options.tie_to_me)
    if options.no_enrich:
        parameters["enrich"] = "false"
    return f"?{urlencode(parameters)}" if parameters else ""


def send(options: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Send the file while a bar shows the progress, then wait for the merge.

    Returns:
        The API's answer.

    Raises:
        LocalApiError: the API refused the file.
        OSError: the file cannot be read.
    """
    api = LocalApi(options.port)
    path: Path = options.file
    size = path.stat().st_size
    headers = {
        "Authorization": f"Bearer {api.token(options.email)}",
        "Content-Type": MEDIA_TYPES.get(path.suffix.lower(), "text/csv"),
        "Content-Length": str(size),
    }
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with path.open("rb") as file, Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"reading {path.name}", total=size)

        def chunks() -> Iterator[bytes]:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
                progress.advance(task, len(chunk))
            progress.update(task, description="merging", total=None)

        return api.post(PATH + query_of(options), chunks(), headers)


def print_report(report: dict[str, Any], console: Console, *, dry_run: bool) -> None:
    """Print the counts, and the first unreadable rows with the reasons."""
    done = "would be " if dry_run else ""
    console.print(
        f"{report['received']:,} contacts read ({report['format']}): {report['created']:,} {done}created, "
        f"{report['updated']:,} {done}updated, {report['unchanged']:,} unchanged, {report['failed']:,} failed",
        highlight=False,
    )
    for error in report["errors"][:SHOWN_ERRORS]:
        value = f" ({error['value']})" if error.get("value") else ""
        where = f"line {error['line']}, {error['field']}" if error["field"] else f"line {error['line']}"
        console.print(f"  {where}: {error['message']}{value}", highlight=False, markup=False)
    if len(report["errors"]) > SHOWN_ERRORS:
        console.print(f"  and {len(report['errors']) - SHOWN_ERRORS:,} more", highlight=False)


if __name__ == "__main__":
    main()
